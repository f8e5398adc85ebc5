using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Bench.Depth;

/// <summary>Fills a journal with copies of the rows of one lead that the app delivered.</summary>
internal static class JournalSeed
{
    private const int RowsPerOperation = 5;
    private const int OperationsPerBatch = 100 / RowsPerOperation;

    // Outside the range of the measured leads.
    private const long FirstSeed = 1_000_000_000;

    /// <summary>The rows of one lead that the app delivered, by the letter of their key.</summary>
    public static async Task<Dictionary<char, TableEntity>> TemplateAsync(string storage, CancellationToken cancellationToken)
    {
        var rows = await new TableClient(storage, "journal").QueryAsync<TableEntity>("PartitionKey eq 'main|lead'", cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        return "rdtpo".ToDictionary(letter => letter, letter =>
        {
            var row = new TableEntity(rows.First(r => r.RowKey.StartsWith($"{letter}|", StringComparison.Ordinal)));
            row.Remove("odata.etag");
            row.Remove("Timestamp");
            return row;
        });
    }

    /// <param name="storage">Connection string.</param>
    /// <param name="template">The rows to copy.</param>
    /// <param name="from">The number of operations added before.</param>
    /// <param name="to">The target number.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public static async Task AddAsync(string storage, Dictionary<char, TableEntity> template, int from, int to, CancellationToken cancellationToken)
    {
        var table = new TableClient(storage, "journal");
        for (var first = from; first < to; first += OperationsPerBatch)
        {
            var rows = Enumerable.Range(first, Math.Min(OperationsPerBatch, to - first)).SelectMany(n => Rows(template, FirstSeed + n));
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken);
        }
    }

    private static IEnumerable<TableEntity> Rows(Dictionary<char, TableEntity> template, long id)
    {
        // One a minute before the lead that was copied.
        var receivedAt = template['r'].GetDateTimeOffset("ReceivedAt")!.Value.AddMinutes(FirstSeed - 1 - id);
        foreach (var (letter, row) in template)
        {
            var copy = new TableEntity(row)
            {
                RowKey = letter switch
                {
                    'r' => JournalKeys.Operation(id),
                    'd' => JournalKeys.Claim(id, "offerum"),
                    't' => JournalKeys.Time(receivedAt, id),
                    _ => string.Create(CultureInfo.InvariantCulture, $"{letter}|{id:x32}|{id:D18}"),
                },
            };
            // Claims have neither.
            if (copy.ContainsKey("RecordId"))
            {
                (copy["RecordId"], copy["ReceivedAt"]) = (id, receivedAt);
            }

            yield return copy;
        }
    }
}
