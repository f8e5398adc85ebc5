using System.Collections.Immutable;
using System.Globalization;

namespace UonOfferum.Simulators.Storage;

/// <summary>
/// Counts the requests in a log by cause. Excluded, because they do not grow with the leads: polls of empty queues, the timers' locks, the
/// control rows (cached for seconds), each instance's regular poll of the live pipelines, and resources created or read once per account.
/// </summary>
/// <param name="Counted">Requests by kind that the leads caused.</param>
public sealed record StorageBill(ImmutableSortedDictionary<StorageCallKind, int> Counted)
{
    public int Total => Counted.Values.Sum();

    public static StorageBill Of(IEnumerable<StorageCall> calls) =>
        new(calls.Where(IsCounted).CountBy(call => call.Kind).ToImmutableSortedDictionary());

    /// <summary>Such as <c>10: 2 Send, 2 Receive, 2 Delete, 1 ReadRow, 3 Batch</c>.</summary>
    public override string ToString() => Counted.IsEmpty
        ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"{Total}: {string.Join(", ", Counted.Select(kind => $"{kind.Value} {kind.Key}"))}");

    private static bool IsCounted(StorageCall call) =>
        call.Kind is not (StorageCallKind.EmptyReceive or StorageCallKind.Create or StorageCallKind.Blob)
        // The queue does not exist yet: it is created, and the message is sent again.
        && call is not { Kind: StorageCallKind.Send, Status: 404 }
        && !call.Resource.EndsWith("|control", StringComparison.Ordinal)
        && call is not { Kind: StorageCallKind.Query, Resource: "pipelines" }
        && call.Resource != "local";
}
