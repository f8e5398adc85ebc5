using System.Collections.Concurrent;
using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>Stores postbacks that match no operation in <c>{pipeline}|postbacks</c>, newest first; capped per hour and process.</summary>
public sealed class UnmatchedPostbacks(JournalTable table, TimeProvider time)
{
    public const int MaxPerHour = 100;

    private readonly ConcurrentDictionary<string, (long Hour, int Count)> _kept = new(StringComparer.Ordinal);

    internal async Task KeepAsync(string pipeline, OfferumPostback postback, string problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = now.UtcTicks / TimeSpan.TicksPerHour;
        var kept = _kept.AddOrUpdate(pipeline, (hour, 1), (_, old) => old.Hour == hour ? (hour, old.Count + 1) : (hour, 1));
        if (kept.Count > MaxPerHour)
        {
            return;
        }

        await table.AddAsync(
            new TableEntity(UnmatchedPostbackList.Partition(pipeline), $"{JournalKeys.Inverted(now)}-{kept.Count:D3}")
            {
                ["At"] = now,
                ["Problem"] = problem,
                ["SubId"] = postback.SubId,
                ["OrderId"] = postback.OrderId,
                ["Status"] = postback.Status,
                ["Payout"] = postback.Payout,
                ["Currency"] = postback.Currency,
            },
            cancellationToken);
    }
}
