using Azure;
using Azure.Data.Tables;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Backup;

/// <summary>What to do with tables that hold rows already.</summary>
public enum ExistingRows
{
    /// <summary>Refuse: a mistake in the account's name would mix two journals.</summary>
    Refuse,

    /// <summary>The file's rows replace them.</summary>
    Overwrite,

    /// <summary>Existing rows stay, and the file adds the missing ones: for an account that is already in use again.</summary>
    Keep,
}

/// <summary>Writes a file's rows into an account. An interrupted import resumes where it stopped; writing a row twice does no harm.</summary>
public sealed class TableImport(TableServiceClient service, TimeProvider time)
{
    /// <summary>A storage batch takes at most 100 rows of one partition and 4 MiB.</summary>
    private const int BatchRows = 100;

    private const int BatchCharacters = 1_000_000;

    /// <summary>Progress is saved after this many lines.</summary>
    private const int KeepEvery = 5_000;

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <returns>How many rows were written.</returns>
    /// <param name="path">A whole file.</param>
    /// <param name="existing">What to do with tables that hold rows.</param>
    /// <param name="pause">Pause every pipeline of the file, so that nothing is sent before an operator has looked.</param>
    /// <param name="cancellationToken">Interrupts the import; the next call resumes it.</param>
    public async Task<long> RunAsync(string path, ExistingRows existing, bool pause, CancellationToken cancellationToken)
    {
        var content = await BackupContent.ReadAsync(path, cancellationToken);
        var progress = new ImportProgress(path, service.AccountName, existing);
        if (!progress.HasBegun)
        {
            if (existing == ExistingRows.Refuse)
            {
                await RefuseRowsAsync(content.Tables, cancellationToken);
            }

            progress.Keep(0);
        }

        // Unless they are to be replaced, rows that are there now stay: this import's own, or newer ones of an app that was started after an interruption.
        var keeps = existing != ExistingRows.Overwrite;
        var (line, written, isMeanwhile) = (0L, 0L, false);
        var batch = new List<BackupRow>();
        var size = 0;
        await foreach (var text in File.ReadLinesAsync(path, cancellationToken))
        {
            if (++line <= progress.Lines)
            {
                isMeanwhile |= text == BackupFile.Meanwhile();
                continue;
            }

            var json = BackupFile.Parse(text);
            isMeanwhile |= json["meanwhile"] is not null;
            if (BackupRow.From(json) is not { } row || content.IsOutdated(row, line, isMeanwhile))
            {
                continue;
            }

            if (batch.Count > 0 && (batch.Count == BatchRows || size + text.Length > BatchCharacters || !Fits(batch, row)))
            {
                written += await WriteAsync(batch, keeps, cancellationToken);
                batch.Clear();
                size = 0;
                if (line - progress.Lines > KeepEvery)
                {
                    // This line has not been written yet.
                    progress.Keep(line - 1);
                }
            }

            batch.Add(row);
            size += text.Length;
        }

        written += await WriteAsync(batch, keeps, cancellationToken);
        if (pause)
        {
            await PauseAsync(content.Pipelines, cancellationToken);
        }

        await RepairAsync(content.Pipelines, keeps, cancellationToken);
        progress.Done();
        return written;
    }

    private async Task RefuseRowsAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            try
            {
                await foreach (var _ in service.GetTableClient(table).QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken))
                {
                    throw new BackupException($"The table {table} of {service.AccountName} already has rows. --keep adds the missing rows; --overwrite replaces existing rows with those of the file.");
                }
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // The table is created with its first row.
            }
        }
    }

    private async Task<int> WriteAsync(IReadOnlyList<BackupRow> batch, bool keeps, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return 0;
        }

        var table = service.GetTableClient(batch[0].Table);
        if (_made.Add(batch[0].Table))
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }

        var write = keeps ? TableTransactionActionType.Add : TableTransactionActionType.UpsertReplace;
        try
        {
            await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(write, row.Entity)), cancellationToken);
            return batch.Count;
        }
        catch (RequestFailedException e) when (e.Status == 409 && keeps)
        {
            // Some rows exist: the others are added one by one.
        }

        var added = 0;
        foreach (var row in batch)
        {
            try
            {
                await table.AddEntityAsync(row.Entity, cancellationToken);
                added++;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // The account's own row stays.
            }
        }

        return added;
    }

    /// <summary>Of two exports, or of rows read at different moments, index rows remain that no longer belong to an operation.</summary>
    private async Task RepairAsync(IEnumerable<string> pipelines, bool keeps, CancellationToken cancellationToken)
    {
        var table = service.GetTableClient(JournalTable.Name);
        foreach (var pipeline in pipelines)
        {
            foreach (var kind in JournalKeys.Kinds)
            {
                await new JournalRepair(table, time).RunAsync(JournalKeys.Partition(pipeline, kind), cancellationToken);
            }

            if (keeps)
            {
                // The added operations may be older than the place that the account's walk has reached: it begins again.
                foreach (var walk in AgedWalk.Of(pipeline))
                {
                    await table.DeleteEntityAsync(AgedWalk.Control(pipeline), walk.Row, ETag.All, cancellationToken);
                }
            }
        }
    }

    /// <summary>The row that the app writes when an operator pauses a pipeline; the operators' page and API can resume the pipeline.</summary>
    private async Task PauseAsync(IEnumerable<string> pipelines, CancellationToken cancellationToken)
    {
        var table = service.GetTableClient(JournalTable.Name);
        foreach (var pipeline in pipelines)
        {
            var row = new TableEntity($"{pipeline}|control", "gate|pipeline")
            {
                ["Name"] = "pipeline",
                ["Closed"] = true,
                ["Code"] = "paused",
                ["Message"] = "Paused by the import of a backup. Compare the open operations with the destination's cabinet (docs/disaster.md), then resume.",
                ["Since"] = time.GetUtcNow(),
                ["Probes"] = 0,
            };
            await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    private static bool Fits(IReadOnlyList<BackupRow> batch, BackupRow row) =>
        batch[0].Table == row.Table && batch[0].Entity.PartitionKey == row.Entity.PartitionKey && !batch.Any(other => other.Entity.RowKey == row.Entity.RowKey);
}
