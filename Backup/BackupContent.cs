using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.OperationsFunction.Statistics;

namespace UonOfferum.Backup;

/// <summary>What is in a file. It is read once before anything is written: an incomplete or foreign file must not leave half a journal.</summary>
internal sealed class BackupContent
{
    /// <summary>The last line of each row that changed during the export.</summary>
    private readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);

    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pipelines = new(StringComparer.Ordinal);

    private BackupContent()
    {
    }

    public IReadOnlyCollection<string> Tables => _tables;

    public IReadOnlyCollection<string> Pipelines => _pipelines;

    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BackupException">The file is incomplete, or none of this program's.</exception>
    public static async Task<BackupContent> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var content = new BackupContent();
        var (line, rows, isMeanwhile) = (0L, 0L, false);
        long? end = null;
        await foreach (var text in File.ReadLinesAsync(path, cancellationToken))
        {
            var json = BackupFile.Parse(text);
            if (++line == 1)
            {
                BackupFile.Check(json, path);
            }

            isMeanwhile |= json["meanwhile"] is not null;
            end = json["end"] is null ? null : json["rows"]!.GetValue<long>();
            if (BackupRow.From(json) is { } row)
            {
                rows++;
                content.Add(row, isMeanwhile ? line : null);
            }
        }

        return end == rows
            ? content
            : throw new BackupException(string.Create(CultureInfo.InvariantCulture, $"{path} is incomplete: it has {rows} rows and {(end is null ? "no last line" : $"a last line that says {end}")}. Repeat the export; it continues where it stopped."));
    }

    /// <summary>Whether a later line has a newer version of the row, or has counted it: an import that keeps rows never replaces one, so it writes the last version only.</summary>
    /// <param name="row">A row of the file.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="isMeanwhile">Whether it was read again at the end of the export.</param>
    public bool IsOutdated(BackupRow row, long line, bool isMeanwhile) => _changed.GetValueOrDefault(Key(row)) > line || (!isMeanwhile && IsCounted(row));

    private void Add(BackupRow row, long? changedAt)
    {
        _tables.Add(row.Table);
        if (changedAt is { } line)
        {
            _changed[Key(row)] = line;
        }

        if (PipelineRows.PipelineOf(row) is { } pipeline)
        {
            _pipelines.Add(pipeline);
        }
    }

    /// <summary>An event for the charts that was counted during the export: it was gone in the second pass, and its hour's counter had changed.</summary>
    private bool IsCounted(BackupRow row) =>
        row.Entity.RowKey.Split('|') is ["h", var hour, ..]
        && !_changed.ContainsKey(Key(row))
        && _changed.ContainsKey(Key(row with { Entity = new TableEntity(row.Entity.PartitionKey, HourCounter.Key(hour)) }));

    private static string Key(BackupRow row) => $"{row.Table}\n{row.Entity.PartitionKey}\n{row.Entity.RowKey}";
}
