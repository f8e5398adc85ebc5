using UonOfferum.Simulators;

namespace UonOfferum.Bench.Costs;

/// <summary>One possible path of a webhook; each is asserted by the tests in <c>tests/Pipeline/Costs</c>.</summary>
internal sealed record CostCase(string Name, Func<CostRun, CancellationToken, Task> ActAsync, bool IsDelivery = false)
{
    // Invented values that the filters and the simulators can distinguish.
    private const int ClientWasChanged = 3;

    public static IReadOnlyList<CostCase> All { get; } =
    [
        new("a lead is delivered", (run, cancellation) => run.Webhooks.SendAsync(run.NextLead(), cancellation), IsDelivery: true),
        new("a webhook without its type, then delivered", (run, cancellation) => run.Webhooks.SendAsync(run.NextLead(), cancellation, eventType: null)),
        new("the same webhook again", (run, cancellation) => run.Webhooks.SendAsync(1, cancellation)),
        new("an event that is not taken", (run, cancellation) => run.Webhooks.SendAsync(run.NextId(), cancellation, ClientWasChanged)),
        new("no usable record number", RefusedAsync),
        new("U-ON fails once, then delivered", (run, cancellation) => AfterFaultAsync(run, UonFault.ServerError, cancellation)),
        new("U-ON says 429 once, then delivered", (run, cancellation) => AfterFaultAsync(run, UonFault.TooManyRequests, cancellation)),
        new("the record comes late, then delivered", LateAsync),
        new("the record never comes (three looks)", (run, cancellation) => run.Webhooks.SendAsync(run.NextId(), cancellation)),
        new("Offerum fails once, then delivered", (run, cancellation) => RepliedAsync(run, OfferumReplyKind.ServerError, Repeat.Once, cancellation)),
        new("Offerum calls it a duplicate", (run, cancellation) => RepliedAsync(run, OfferumReplyKind.OkDuplicate4, null, cancellation)),
        new("Offerum rejects it", (run, cancellation) => RepliedAsync(run, OfferumReplyKind.NameError, null, cancellation)),
        new("too old: skipped", TooOldAsync),
    ];

    private static async Task RefusedAsync(CostRun run, CancellationToken cancellationToken)
    {
        using var refused = await run.Webhooks.TrySendAsync(0, cancellationToken);
    }

    private static Task AfterFaultAsync(CostRun run, UonFault fault, CancellationToken cancellationToken)
    {
        var id = run.NextLead();
        run.Bed.Uon.Leads.Faults(id).Set(fault, Repeat.Once);
        return run.Webhooks.SendAsync(id, cancellationToken);
    }

    private static Task LateAsync(CostRun run, CancellationToken cancellationToken)
    {
        var id = run.NextId();
        run.Bed.Uon.Leads.Put(UonRecord.Lead(id).CompletesAfter(reads: 1));
        return run.Webhooks.SendAsync(id, cancellationToken);
    }

    private static Task RepliedAsync(CostRun run, OfferumReplyKind reply, Repeat? repeat, CancellationToken cancellationToken)
    {
        var id = run.NextLead();
        run.Bed.Offerum.ForSubId($"lead-{id}").Set(reply, repeat);
        return run.Webhooks.SendAsync(id, cancellationToken);
    }

    private static Task TooOldAsync(CostRun run, CancellationToken cancellationToken)
    {
        var id = run.NextId();
        run.Bed.Uon.Leads.Put(UonRecord.Lead(id, TimeProvider.System.GetUtcNow().AddDays(-60)));
        return run.Webhooks.SendAsync(id, cancellationToken);
    }
}
