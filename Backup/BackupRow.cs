using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace UonOfferum.Backup;

/// <summary>
/// One row of a table as one line of JSON: <c>{"t":table,"p":partition,"r":row,"c":{column:value}}</c>. Text and booleans are written as they are;
/// other values are written as an object whose one member names the type, because JSON has one kind of number and no times.
/// </summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Entity">The row without what storage adds itself.</param>
public sealed record BackupRow(string Table, TableEntity Entity)
{
    /// <exception cref="BackupException">A column has a type that tables do not know.</exception>
    public JsonObject ToJson()
    {
        var columns = new JsonObject();
        foreach (var (name, value) in Entity)
        {
            if (name is not (nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) or nameof(TableEntity.Timestamp)) && !name.StartsWith("odata.", StringComparison.Ordinal) && value is not null)
            {
                columns[name] = Write(name, value);
            }
        }

        return new JsonObject { ["t"] = Table, ["p"] = Entity.PartitionKey, ["r"] = Entity.RowKey, ["c"] = columns };
    }

    /// <summary>Null when the object is not a row: the first line of a file, or its last.</summary>
    public static BackupRow? From(JsonObject line)
    {
        if (line["t"]?.GetValue<string>() is not { } table)
        {
            return null;
        }

        var entity = new TableEntity(line["p"]!.GetValue<string>(), line["r"]!.GetValue<string>());
        foreach (var (name, value) in line["c"]!.AsObject())
        {
            entity[name] = Read(value!);
        }

        return new BackupRow(table, entity);
    }

    private JsonNode Write(string name, object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => new JsonObject { ["int"] = number },
        // Many JSON readers keep only 53 bits of a number.
        long number => new JsonObject { ["long"] = number.ToString(CultureInfo.InvariantCulture) },
        double number => new JsonObject { ["double"] = number.ToString("R", CultureInfo.InvariantCulture) },
        DateTimeOffset time => new JsonObject { ["time"] = time.ToString("O", CultureInfo.InvariantCulture) },
        Guid id => new JsonObject { ["guid"] = id.ToString("D") },
        byte[] bytes => new JsonObject { ["bytes"] = Convert.ToBase64String(bytes) },
        BinaryData bytes => new JsonObject { ["bytes"] = Convert.ToBase64String(bytes) },
        _ => throw new BackupException($"The column {name} of a row in {Table} is a {value.GetType().Name}, which a table cannot store."),
    };

    private static object Read(JsonNode value)
    {
        if (value is JsonValue plain)
        {
            return plain.TryGetValue<bool>(out var flag) ? flag : plain.GetValue<string>();
        }

        var (type, content) = value.AsObject().Single();
        var text = type == "int" ? "" : content!.GetValue<string>();
        return type switch
        {
            "int" => content!.GetValue<int>(),
            "long" => long.Parse(text, CultureInfo.InvariantCulture),
            "double" => double.Parse(text, CultureInfo.InvariantCulture),
            "time" => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
            "guid" => Guid.Parse(text),
            "bytes" => Convert.FromBase64String(text),
            _ => throw new BackupException($"The file has a value of type '{type}', which this version does not support. Use the version that wrote it, or a newer one."),
        };
    }
}
