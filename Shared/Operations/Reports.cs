using System.Collections.Immutable;

namespace UonOfferum.Shared.Operations;

/// <summary>
/// The delivery that reports outcomes. Unlike an order it is never final: each new outcome reopens it, and it contains all outcomes that
/// have not been reported yet. Pure.
/// </summary>
public static class Reports
{
    /// <summary>Adds an outcome to report. A report in flight is not changed: its reply lists the reported outcomes, and the rest is sent next.</summary>
    public static Operation Open(Operation operation, string destination, OutcomeReport report)
    {
        if (operation.DeliveryTo(destination) is not { } known)
        {
            return operation.With(new Delivery { Destination = destination, State = DeliveryState.Enriched, Attempt = 1, Reports = [report] });
        }

        var pending = (known.Reports ?? []).RemoveAll(r => r.Outcome == report.Outcome).Add(report);
        return operation.With(known.State.IsOpen() ? known with { Reports = pending } : Reopen(known, pending));
    }

    /// <summary>The delivery reopened, with the outcomes still to report.</summary>
    public static Delivery Reopen(Delivery delivery, ImmutableList<OutcomeReport> pending) => delivery with
    {
        State = DeliveryState.Enriched,
        // A message of the former attempt may still be in the queue.
        Attempt = delivery.Attempt + 1,
        Tries = 0,
        NextTryAt = null,
        Error = null,
        Reports = pending,
    };

    /// <summary>The outcomes still to report after a reply.</summary>
    /// <param name="delivery">Its current version: an outcome may have arrived during the call.</param>
    /// <param name="reported">The outcomes that the call reported.</param>
    public static ImmutableList<OutcomeReport> Left(Delivery delivery, IReadOnlyList<OutcomeReport> reported) =>
        (delivery.Reports ?? []).RemoveAll(r => reported.Contains(r));
}
