using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Operations;
using Operation = UonOfferum.Shared.Operations.Operation;

namespace UonOfferum.Shared.Journal;

/// <summary>One step of one operation as one batch request: its row under its ETag, its index rows, and a claim.</summary>
internal sealed class JournalBatch
{
    private const string PhoneHashColumn = "PhoneHash";

    private readonly List<TableTransactionAction> _actions = [];

    private JournalBatch()
    {
    }

    /// <summary>The operation's own row always comes first: its ETag guards the whole batch.</summary>
    public IReadOnlyList<TableTransactionAction> Actions => _actions;

    /// <summary>The claim's position in the batch; -1: none.</summary>
    public int ClaimIndex { get; private set; } = -1;

    public static JournalBatch Insert(Operation operation, string? phoneHash, bool begins = true)
    {
        var batch = new JournalBatch();
        batch._actions.Add(new(TableTransactionActionType.Add, Row(operation, phoneHash)));
        batch.Index(operation, [], IndexRows.Keys(operation, phoneHash));
        batch.Mark(null, operation, begins);
        return batch;
    }

    public static JournalBatch Update(Operation before, ETag etag, string? phoneHashBefore, Operation after, string? phoneHashAfter, Claim? claim)
    {
        var batch = new JournalBatch();
        batch._actions.Add(new(TableTransactionActionType.UpdateReplace, Row(after, phoneHashAfter), etag));
        if (claim is not null)
        {
            batch.ClaimIndex = batch._actions.Count;
            var type = claim.ETag == default ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace;
            batch._actions.Add(new(type, JournalRows.Write(after.Id, claim), claim.ETag));
        }

        batch.Index(after, IndexRows.Keys(before, phoneHashBefore), IndexRows.Keys(after, phoneHashAfter));
        batch.Mark(before, after, begins: false);
        return batch;
    }

    public static JournalBatch Delete(Operation operation, ETag etag, string? phoneHash)
    {
        var batch = new JournalBatch();
        batch._actions.Add(new(TableTransactionActionType.Delete, Row(operation, phoneHash), etag));
        batch.Index(operation, IndexRows.Keys(operation, phoneHash), []);
        return batch;
    }

    /// <summary>Writes the index rows again; the operation's own row stays as it is.</summary>
    public static IReadOnlyList<TableTransactionAction> Reindex(Operation operation, string? phoneHash)
    {
        var batch = new JournalBatch();
        batch.Index(operation, [], IndexRows.Keys(operation, phoneHash));
        return batch._actions;
    }

    /// <summary>Drops a deletion that failed because the index row had been removed manually.</summary>
    public bool Forgive(int? failedAction)
    {
        if (failedAction is not { } index || _actions[index].ActionType != TableTransactionActionType.Delete || index == 0)
        {
            return false;
        }

        _actions.RemoveAt(index);
        return true;
    }

    /// <summary>The operation's own row. It keeps the hash of its phone's index row: that row must be found even after a change of the index key.</summary>
    public static TableEntity Row(Operation operation, string? phoneHash)
    {
        var row = JournalRows.Write(operation, JournalKeys.Operation(operation.Id.RecordId), whole: true);
        row[PhoneHashColumn] = phoneHash;
        return row;
    }

    public static string? PhoneHashOf(TableEntity row) => row.GetString(PhoneHashColumn);

    private void Mark(Operation? before, Operation after, bool begins) =>
        _actions.AddRange(MetricEvent.Of(before, after, begins).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));

    private void Index(Operation operation, HashSet<string> before, HashSet<string> after)
    {
        var partition = JournalKeys.Partition(operation.Id);
        foreach (var key in before.Where(k => !after.Contains(k)))
        {
            _actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All));
        }

        // Index rows differ only in their keys, and state rows also in their errors, so the other columns are serialized once.
        TableEntity? first = null;
        var hasSeveral = operation.Deliveries.Count > (operation.Enrichment == EnrichmentState.Enriched ? 1 : 0);
        foreach (var key in after)
        {
            var row = first is null ? JournalRows.Write(operation, key, whole: false) : new TableEntity(first) { RowKey = key };
            first ??= row;
            if (hasSeveral && JournalKeys.IsState(key))
            {
                row = new TableEntity(row);
                JournalRows.PutErrorsOfState(row, operation);
            }

            _actions.Add(new(TableTransactionActionType.UpsertReplace, row));
        }
    }
}
