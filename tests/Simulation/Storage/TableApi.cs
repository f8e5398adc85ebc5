using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>The part of the table service's REST API that the Azure client uses.</summary>
public sealed partial class TableApi(Func<DateTimeOffset> now)
{
    private const int MaxPage = 1_000;

    private readonly SortedDictionary<string, StoredTable> _tables = new(StringComparer.Ordinal);

    public IEnumerable<StoredRow> Rows => _tables.Values.SelectMany(t => t.Rows);

    /// <summary>Called for every changed row, with the row before and after.</summary>
    public Action<StoredRow?, StoredRow?> Changed { get; set; } = (_, _) => { };

    /// <summary>Ends a page of a list early, as the service may; rows a page.</summary>
    public Func<int> PageSize { get; set; } = () => MaxPage;

    public StoredTable? Table(string name) => _tables.GetValueOrDefault(name);

    public StorageReply Answer(StorageRequest request)
    {
        var path = request.Path;
        if (path == "Tables")
        {
            return request.Method == "POST" ? Create(request) : new StorageReply(200, "{\"value\":[]}");
        }

        if (path == "$batch")
        {
            return TableBatch.Answer(request, this);
        }

        var match = RowAddress().Match(path);
        var name = match.Success ? match.Groups["table"].Value : path.TrimEnd('(', ')');
        if (!_tables.TryGetValue(name, out var table))
        {
            return StorageReply.TableError(404, "TableNotFound", "The table specified does not exist.");
        }

        if (request.Method == "GET")
        {
            return match.Success ? One(table, Unquote(match, "pk"), Unquote(match, "rk")) : List(table, request);
        }

        var change = Change(request.Method, path, request.IfMatch, request.Body);
        if (table.Refusal(change) is { } refusal)
        {
            return refusal;
        }

        return new StorageReply(204) { Headers = Headers(Apply(table, change)) };
    }

    internal StoredRow? Apply(StoredTable table, RowChange change)
    {
        var before = table.Find(change.Partition, change.Key);
        var after = table.Apply(change, now());
        Changed(before, after);
        return after;
    }

    internal static Dictionary<string, string> Headers(StoredRow? row) => row is null ? [] : new() { ["ETag"] = row.ETag };

    /// <summary>Reads a change from its method and address.</summary>
    internal static RowChange Change(string method, string path, string? ifMatch, ReadOnlyMemory<byte> body)
    {
        JsonElement? json = body.IsEmpty ? null : JsonDocument.Parse(body).RootElement;
        if (method == "POST")
        {
            return new RowChange(RowChangeKind.Insert, json!.Value.GetProperty("PartitionKey").GetString()!, json.Value.GetProperty("RowKey").GetString()!, null, json);
        }

        var match = RowAddress().Match(path);
        var kind = method switch
        {
            "PUT" => RowChangeKind.Replace,
            "PATCH" or "MERGE" => RowChangeKind.Merge,
            "DELETE" => RowChangeKind.Delete,
            _ => throw new NotSupportedException($"The simulated table does not know {method} {path}."),
        };
        return new RowChange(kind, Unquote(match, "pk"), Unquote(match, "rk"), ifMatch, json);
    }

    internal static string TableOf(string path) => RowAddress().Match(path) is { Success: true } match ? match.Groups["table"].Value : path.TrimEnd('(', ')');

    private static string Unquote(Match match, string group) => match.Groups[group].Value.Replace("''", "'", StringComparison.Ordinal);

    private StorageReply Create(StorageRequest request)
    {
        var name = JsonDocument.Parse(request.Body).RootElement.GetProperty("TableName").GetString()!;
        if (!_tables.TryAdd(name, new StoredTable()))
        {
            return StorageReply.TableError(409, "TableAlreadyExists");
        }

        return new StorageReply(201, $"{{\"TableName\":\"{name}\"}}");
    }

    private StorageReply One(StoredTable table, string partition, string key) => table.Find(partition, key) is { } row
        ? new StorageReply(200, row.Show()) { Headers = new() { ["ETag"] = row.ETag, ["Date"] = now().ToString("R", CultureInfo.InvariantCulture) } }
        : StorageReply.TableError(404, "ResourceNotFound", "The specified resource does not exist.");

    private StorageReply List(StoredTable table, StorageRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.Address.Query);
        var filter = ODataFilter.Parse(query.TryGetValue("$filter", out var text) ? text.ToString() : "");
        var top = query.TryGetValue("$top", out var number) ? int.Parse(number.ToString(), CultureInfo.InvariantCulture) : MaxPage;
        var from = query.TryGetValue("NextRowKey", out var next) ? Read(next.ToString()) : "";
        var fromPartition = query.TryGetValue("NextPartitionKey", out var nextPartition) ? Read(nextPartition.ToString()) : "";
        var page = Math.Max(1, Math.Min(Math.Min(top, MaxPage), PageSize()));
        var body = new StringBuilder("{\"value\":[");
        var count = 0;
        foreach (var row in table.Range(filter.Partition, string.CompareOrdinal(from, filter.From) > 0 ? from : filter.From))
        {
            if (string.CompareOrdinal(row.Partition, fromPartition) < 0 || (row.Partition == fromPartition && string.CompareOrdinal(row.Key, from) < 0) || !filter.Matches(row))
            {
                continue;
            }

            if (count == page)
            {
                var headers = new Dictionary<string, string>
                {
                    ["x-ms-continuation-NextPartitionKey"] = Token(row.Partition),
                    ["x-ms-continuation-NextRowKey"] = Token(row.Key),
                };
                return new StorageReply(200, body.Append("]}").ToString()) { Headers = headers };
            }

            body.Append(count++ > 0 ? "," : "").Append(row.Show());
        }

        return new StorageReply(200, body.Append("]}").ToString());
    }

    /// <summary>The continuation token: opaque to the client, as in the real service.</summary>
    private static string Token(string key) => Convert.ToHexString(Encoding.UTF8.GetBytes(key));

    private static string Read(string token) => Encoding.UTF8.GetString(Convert.FromHexString(token));

    [GeneratedRegex(@"^(?<table>[A-Za-z0-9]+)\(PartitionKey='(?<pk>.*)',RowKey='(?<rk>.*)'\)$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex RowAddress();
}
