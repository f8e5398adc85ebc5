using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace UonOfferum.Backup;

/// <summary>
/// Writes every row of the account's tables to a file in key order, then writes the rows that changed in the meantime again. An interrupted
/// export resumes after the last complete line of its file.
/// </summary>
public sealed class TableExport(TableServiceClient service, TimeProvider time)
{
    // The platform's own tables.
    private static readonly string[] Foreign = ["AzureFunctions", "AzureWebJobs"];

    /// <summary>Allowed clock skew; writing a row twice does no harm.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    /// <returns>How many rows the file has.</returns>
    /// <param name="path">The file; a complete one is refused.</param>
    /// <param name="cancellationToken">Interrupts the export; the next call resumes it.</param>
    public async Task<long> RunAsync(string path, CancellationToken cancellationToken)
    {
        var place = File.Exists(path) ? await ReadAsync(path, cancellationToken) : Place.Begin(time.GetUtcNow());
        await using var file = BackupFile.Append(path);
        if (place.IsNew)
        {
            await file.WriteLineAsync(BackupFile.Header(place.StartedAt));
        }

        var rows = place.Rows;
        var tables = await TablesAsync(cancellationToken);
        if (!place.IsMeanwhile)
        {
            foreach (var table in tables.Where(t => place.Table is null || string.CompareOrdinal(t, place.Table) >= 0))
            {
                rows += await WriteAsync(file, table, table == place.Table ? place.After : null, cancellationToken);
            }

            await file.WriteLineAsync(BackupFile.Meanwhile());
        }

        var since = place.StartedAt - ClockMargin;
        foreach (var table in tables)
        {
            rows += await WriteAsync(file, table, TableClient.CreateQueryFilter($"Timestamp ge {since}"), cancellationToken);
        }

        await file.WriteLineAsync(BackupFile.End(rows));
        return rows;
    }

    private async Task<List<string>> TablesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var table in service.QueryAsync(cancellationToken: cancellationToken))
        {
            if (!Foreign.Any(prefix => table.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                names.Add(table.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private async Task<long> WriteAsync(StreamWriter file, string table, string? filter, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var page in service.GetTableClient(table).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            foreach (var row in page.Values)
            {
                await file.WriteLineAsync(BackupFile.Line(new BackupRow(table, row).ToJson()).AsMemory(), cancellationToken);
                rows++;
            }

            // An interruption loses at most one page.
            await file.FlushAsync(cancellationToken);
        }

        return rows;
    }

    private static async Task<Place> ReadAsync(string path, CancellationToken cancellationToken)
    {
        BackupFile.DropUnfinishedLine(path);
        Place? place = null;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            var json = BackupFile.Parse(line);
            if (place is null)
            {
                BackupFile.Check(json, path);
                place = Place.Begin(BackupFile.StartedAt(json)) with { IsNew = false };
            }
            else if (json["end"] is not null)
            {
                throw new BackupException($"{path} is already complete. Name another file.");
            }
            else
            {
                place = place.Behind(json);
            }
        }

        // An empty file: interrupted before its first line.
        return place ?? throw new BackupException($"{path} is empty. Delete it, then export again.");
    }

    /// <summary>How far the export has got.</summary>
    private sealed record Place(DateTimeOffset StartedAt, bool IsNew, bool IsMeanwhile, string? Table, string? Partition, string? Row, long Rows)
    {
        /// <summary>Filter for the rows after the last one, in key order.</summary>
        public string After => TableClient.CreateQueryFilter($"PartitionKey gt {Partition} or (PartitionKey eq {Partition} and RowKey gt {Row})");

        public static Place Begin(DateTimeOffset startedAt) => new(startedAt, IsNew: true, IsMeanwhile: false, null, null, null, 0);

        public Place Behind(JsonObject line) => line["meanwhile"] is not null
            ? this with { IsMeanwhile = true }
            : this with { Table = line["t"]!.GetValue<string>(), Partition = line["p"]!.GetValue<string>(), Row = line["r"]!.GetValue<string>(), Rows = Rows + 1 };
    }
}
