using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Failures;

/// <summary>A queue message that this app cannot parse, stored for an operator to read.</summary>
/// <param name="Queue">The stage queue it was meant for.</param>
/// <param name="Key">Identifies it within the queue.</param>
/// <param name="At">When it arrived in the queue it was found in.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Body">Its bytes, cut to 48 KiB.</param>
public sealed record UnreadableMessage(string Queue, string Key, DateTimeOffset At, string Problem, byte[] Body);

/// <summary>Stores the bytes of unreadable messages, in partition <c>unreadable|{queue}</c>, newest first.</summary>
public sealed class UnreadableMessages(JournalTable table)
{
    private const int MaxBody = 48 * 1024;

    /// <summary>Limit per run; the next run continues.</summary>
    private const int MaxDeleted = 500;

    /// <summary>A message redelivered after a crash maps to the same row: the key contains its arrival time and its hash.</summary>
    public Task KeepAsync(string queue, DateTimeOffset arrivedAt, BinaryData body, string problem, CancellationToken cancellationToken)
    {
        var bytes = body.ToArray();
        var key = $"{JournalKeys.Inverted(arrivedAt)}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}";
        return table.UpsertAsync(
            new TableEntity(Partition(queue), key)
            {
                ["At"] = arrivedAt,
                ["Problem"] = problem,
                ["Body"] = bytes.Length > MaxBody ? bytes[..MaxBody] : bytes,
            },
            cancellationToken);
    }

    /// <param name="queue">The queue they were on.</param>
    /// <param name="from">Only those that arrived then or later; null: all.</param>
    /// <param name="to">Only earlier ones; null: all.</param>
    /// <param name="take">At most this many, the newest.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IReadOnlyList<UnreadableMessage>> ListAsync(string queue, DateTimeOffset? from, DateTimeOffset? to, int take, CancellationToken cancellationToken)
    {
        var (first, end) = JournalKeys.InvertedRange(from, to);
        var rows = await table.RangeAsync(Partition(queue), first, end, take, null, cancellationToken);
        return rows.ConvertAll(row => Read(queue, row));
    }

    /// <summary>Null when there is none with this key.</summary>
    public async Task<UnreadableMessage?> FindAsync(string queue, string key, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition(queue), key, cancellationToken) is { } row ? Read(queue, row) : null;

    public Task DeleteAsync(UnreadableMessage message, CancellationToken cancellationToken) =>
        table.DeleteAsync(Partition(message.Queue), message.Key, ETag.All, cancellationToken);

    /// <summary>Deletes older messages, because they may contain personal data.</summary>
    public async Task DeleteAsync(string queue, DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var row in await table.RangeAsync(Partition(queue), JournalKeys.Inverted(before), "~", MaxDeleted, null, cancellationToken))
        {
            await table.DeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
        }
    }

    private static UnreadableMessage Read(string queue, TableEntity row) => new(
        queue, row.RowKey, row.GetDateTimeOffset("At") ?? default, row.GetString("Problem") ?? "", row.GetBinary("Body") ?? []);

    private static string Partition(string queue) => $"unreadable|{queue}";
}
