using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>Finds the operation that a route names.</summary>
public sealed class OperationFinder(JournalStore journal)
{
    /// <summary>For "auto", finds the operation under either kind, or the newer one if both exist. Null also for a row that this version cannot read.</summary>
    public async Task<JournalEntry?> FindAsync(OperationId id, CancellationToken cancellationToken)
    {
        if (await journal.TryReadAsync(id, cancellationToken) is { } entry)
        {
            return entry;
        }

        if (id.Kind != RecordKind.Auto)
        {
            return null;
        }

        var found = new[]
        {
            await journal.TryReadAsync(id with { Kind = RecordKind.Lead }, cancellationToken),
            await journal.TryReadAsync(id with { Kind = RecordKind.Request }, cancellationToken),
        };
        return found.OfType<JournalEntry>().MaxBy(e => e.Operation.ReceivedAt);
    }

    public static bool TryRead(string pipeline, string kind, string id, out OperationId operationId)
    {
        operationId = default;
        if (!RecordKindNames.TryParse(kind, out var recordKind)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var recordId)
            || recordId is <= 0 or > OperationId.MaxRecordId)
        {
            return false;
        }

        operationId = new OperationId(pipeline, recordKind, recordId);
        return true;
    }

    public static IResult Missing(OperationId id) =>
        Problems.NotFound($"There is no operation {id} that this version of the app can read. Its webhook may not have arrived yet, or it is being fetched for the first time.");
}
