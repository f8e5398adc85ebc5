using System.Globalization;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>A delivery that was skipped because another operation covered it and was not sold yet.</summary>
/// <param name="Owner">The operation that covered it.</param>
/// <param name="Destination">The destination of both.</param>
/// <param name="Waiter">The skipped operation.</param>
public sealed record SkippedWait(OperationId Owner, string Destination, OperationId Waiter)
{
    /// <summary>Of its row as listed; default: never listed.</summary>
    internal ETag ETag { get; init; }
}

/// <summary>Stores the deliveries to re-evaluate when another operation is refused, in the partition <c>waits</c> of the journal.</summary>
public sealed class SkippedWaits(JournalTable table)
{
    private const string Partition = "waits";
    private const char Separator = '|';

    public Task KeepAsync(SkippedWait wait, CancellationToken cancellationToken) =>
        table.UpsertAsync(new TableEntity(Partition, Key(wait)), cancellationToken);

    /// <summary>Removes a listed wait, unless it was kept again in the meantime.</summary>
    public Task RemoveAsync(SkippedWait wait, CancellationToken cancellationToken) =>
        table.DeleteAsync(Partition, Key(wait), wait.ETag, cancellationToken);

    /// <summary>The deliveries that wait for one operation; null: for any. Those behind <paramref name="after"/>, in the order of their keys.</summary>
    public async Task<IReadOnlyList<SkippedWait>> ListAsync(OperationId? owner, SkippedWait? after, int take, CancellationToken cancellationToken)
    {
        var prefix = owner is { } one ? Key(one) + Separator : "";
        var rows = await table.RangeAsync(Partition, after is null ? prefix : Key(after) + "!", prefix + "~", take, null, cancellationToken);
        return [.. rows.Select(row => Read(row.RowKey) is { } wait ? wait with { ETag = row.ETag } : null).OfType<SkippedWait>()];
    }

    private static string Key(SkippedWait wait) => string.Join(Separator, Key(wait.Owner), wait.Destination, Key(wait.Waiter));

    private static string Key(OperationId id) =>
        string.Join(Separator, id.Pipeline, id.Kind.Name(), id.RecordId.ToString(CultureInfo.InvariantCulture));

    private static SkippedWait? Read(string key) =>
        key.Split(Separator) is [var pipeline, var kind, var id, var destination, var otherPipeline, var otherKind, var otherId]
        && Id(pipeline, kind, id) is { } owner && Id(otherPipeline, otherKind, otherId) is { } waiter
            ? new SkippedWait(owner, destination, waiter)
            : null;

    private static OperationId? Id(string pipeline, string kind, string id) =>
        RecordKindNames.TryParse(kind, out var parsed) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new OperationId(pipeline, parsed, number)
            : null;
}
