using System.Text.Json;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Bench.Speed;

/// <summary>The parts of one lead's time, from the webhook's departure to the order's arrival.</summary>
/// <param name="Answer">Until the webhook is answered: the message is on the first queue.</param>
/// <param name="FirstQueue">Until U-ON is asked for the record.</param>
/// <param name="Enrichment">Until the record is read and the operation can be written.</param>
/// <param name="SecondQueue">The operation's row is written, the message waits, the row is read; until the claim.</param>
/// <param name="Order">The claim is written; until the order arrives.</param>
internal sealed record LeadHops(TimeSpan Answer, TimeSpan FirstQueue, TimeSpan Enrichment, TimeSpan SecondQueue, TimeSpan Order)
{
    /// <summary>The parts in their order, each with its name.</summary>
    public static IReadOnlyList<(string Name, Func<LeadHops, TimeSpan> Of)> Parts { get; } =
    [
        ("answer", h => h.Answer),
        ("first queue", h => h.FirstQueue),
        ("enrichment", h => h.Enrichment),
        ("second queue", h => h.SecondQueue),
        ("order", h => h.Order),
    ];

    public TimeSpan Total => Answer + FirstQueue + Enrichment + SecondQueue + Order;

    /// <param name="sent">When the webhook was sent.</param>
    /// <param name="answered">When its answer arrived.</param>
    /// <param name="asked">When U-ON was called.</param>
    /// <param name="arrived">When the order reached Offerum.</param>
    /// <param name="operation">As returned by the API: its history has the times in between.</param>
    public static LeadHops Of(DateTimeOffset sent, DateTimeOffset answered, DateTimeOffset asked, DateTimeOffset arrived, JsonElement operation)
    {
        var (enriched, claimed) = (At(operation, EventNames.Enriched), At(operation, EventNames.Claimed));
        // The answer can reach the client after a function has received the message.
        var accepted = answered < asked ? answered : asked;
        return new LeadHops(accepted - sent, asked - accepted, enriched - asked, claimed - enriched, arrived - claimed);
    }

    private static DateTimeOffset At(JsonElement operation, string name) =>
        operation.GetProperty("events").EnumerateArray().First(e => e.GetProperty("name").GetString() == name).GetProperty("at").GetDateTimeOffset();
}
