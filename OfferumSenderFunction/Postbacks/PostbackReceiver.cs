using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>
/// Receives the network's postbacks: the status and the payout of an order. They are not signed, so the path contains an unguessable
/// secret.
/// </summary>
public sealed partial class PostbackReceiver(
    PipelineCatalog pipelines,
    PipelineRegistry registry,
    JournalStore journal,
    OrderIndex orders,
    UnmatchedPostbacks unmatched,
    OutboxSender outbox,
    FailPoints failPoints,
    TimeProvider time,
    ILogger<PostbackReceiver> logger)
{
    public async Task<IResult> ReceiveAsync(HttpRequest request, string pipelineName, string secret, CancellationToken cancellationToken)
    {
        var current = pipelines.Current;
        if (RetryLater.Reason(current, pipelineName, p => p.PostbackSecrets, secret) is { } notYet)
        {
            return new RetryLater($"{notYet} Send this postback again.");
        }

        current.TryFind(pipelineName, out var pipeline);
        if (!PathSecret.Matches(pipeline?.PostbackSecrets, secret) || pipeline is null)
        {
            return Problems.NotFound("There is no such postback address. Copy it again from the pipeline's page.");
        }

        var reading = await WebhookRequestReader.ReadAsync(request, cancellationToken);
        if (reading.Fields is not { } fields)
        {
            return Problems.Of(reading.Status, reading.Title!, reading.Detail!);
        }

        var postback = OfferumPostback.From(fields);
        if (postback is { SubId: null, OrderId: null })
        {
            return Problems.BadRequest("The postback has no order id. Add {subid1} to its address as subid1, or {lead_id} as lead_id.");
        }

        if (postback.Status is null)
        {
            return Problems.BadRequest("status must be waiting, approved, declined or trash. Add {status} to the postback's address.");
        }

        try
        {
            return await RecordAsync(pipeline, postback, cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            Log.StorageUnavailable(logger, pipeline.Name, e.GetType().Name);
            return new RetryLater("The journal does not answer at the moment. Send this postback again.");
        }
    }

    private async Task<IResult> RecordAsync(Pipeline pipeline, OfferumPostback postback, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (entry, problem) = await FindAsync(pipeline, postback, cancellationToken);
            if (entry is null)
            {
                await unmatched.KeepAsync(pipeline.Name, postback, problem, cancellationToken);
                Log.Unmatched(logger, pipeline.Name, problem);
                return WebhookAnswer.Ignored($"{problem} The postback is kept for inspection");
            }

            var next = PostbackRules.Apply(entry.Operation, postback, time.GetUtcNow());
            if (next is null)
            {
                // The process may have crashed after the first postback, before its reports were queued.
                await outbox.SendAsync(Outbox.OfReports(entry.Operation), cancellationToken);
                return WebhookAnswer.Ignored("the journal already has this status");
            }

            if (await journal.UpdateAsync(entry, next, null, cancellationToken) is { } written)
            {
                await failPoints.HitAsync(FailPoints.PostbackJournaled);
                await outbox.SendAsync(Outbox.OfReports(written.Entry.Operation), cancellationToken);
                Log.Recorded(logger, next.Id, postback.Status);
                return WebhookAnswer.Accepted(next.Id.ToString());
            }
        }
    }

    /// <summary>The operation of the postback's order, or why there is none. The network stores one address per flow, whichever pipelines send to it.</summary>
    private async Task<(JournalEntry? Entry, string Problem)> FindAsync(Pipeline pipeline, OfferumPostback postback, CancellationToken cancellationToken)
    {
        var sharing = pipelines.All.Where(p => p == pipeline || ShareFlow(p, pipeline)).ToList();
        if (await NamedAsync(pipeline, sharing, postback, postback.SubId, cancellationToken) is { } named)
        {
            return named;
        }

        foreach (var name in sharing.Select(p => p.Name).Concat(await UnknownAsync(cancellationToken)))
        {
            if (postback.OrderId is { } orderId
                && await orders.FindAsync(name, OfferumDestination.DestinationName, orderId, cancellationToken) is { } id
                && await journal.FindAsync(id, cancellationToken) is { Exists: true, Entry: var entry })
            {
                return (entry, entry is null ? PostbackRules.Unreadable : "");
            }
        }

        // The address may have the other values for another purpose: then the first one alone is the order's. Only an order that was sent can be meant.
        return await NamedAsync(pipeline, sharing, postback, postback.FirstSubId, cancellationToken) is { } first
            && (first.Entry is { } sent ? sent.Operation.DeliveryTo(OfferumDestination.DestinationName) is { Sends: > 0 } : first.Problem == PostbackRules.Unreadable)
                ? first
                : (null, PostbackRules.NoOrder);
    }

    /// <summary>The operation with this subid, or why it is not the one; null when the journal has none.</summary>
    private async Task<(JournalEntry? Entry, string Problem)?> NamedAsync(
        Pipeline pipeline, IReadOnlyList<Pipeline> sharing, OfferumPostback postback, string? subId, CancellationToken cancellationToken)
    {
        var (named, isUnreadable) = await BySubIdAsync(sharing.Select(p => (p, p.Name)), subId, cancellationToken);
        var unknown = named.Exists(e => PostbackRules.IsExact(e, postback)) ? [] : await UnknownAsync(cancellationToken);
        var (possible, isOneUnreadable) = await BySubIdAsync(unknown.Select(name => (pipeline, name)), subId, cancellationToken);
        if ((isUnreadable || isOneUnreadable) && !named.Concat(possible).Any(e => PostbackRules.IsExact(e, postback)))
        {
            // The order may be that operation's: applied to another one, the postback would prove a sale that did not happen.
            return (null, PostbackRules.Unreadable);
        }

        return named.Count + possible.Count > 0 ? PostbackRules.Choose(named, possible, postback) : null;
    }

    /// <summary>Pipelines that are invalid or were removed: nobody knows their flow, and they may have sent the order.</summary>
    private async Task<IReadOnlyList<string>> UnknownAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - LeadDeduplicator.RecordWindow;
        var retired = await registry.RetiredAsync(cancellationToken);
        return [.. pipelines.Invalid.Select(p => p.Name).Where(OperationId.IsPipelineName), .. retired.Where(p => p.GoneSince is not { } gone || gone > since).Select(p => p.Name)];
    }

    private static bool ShareFlow(Pipeline one, Pipeline other) =>
        one.Has<OfferumSettings>() && other.Has<OfferumSettings>()
        && one.Get<OfferumSettings>() is var a && other.Get<OfferumSettings>() is var b && (a.Flow, a.BaseAddress) == (b.Flow, b.BaseAddress);

    /// <summary>The operations that the subid names, in the format of one pipeline among those of another, and whether it names one whose row cannot be read.</summary>
    private async Task<(List<JournalEntry> Found, bool IsOneUnreadable)> BySubIdAsync(
        IEnumerable<(Pipeline Format, string Name)> among, string? subId, CancellationToken cancellationToken)
    {
        var (found, isOneUnreadable) = (new List<JournalEntry>(), false);
        foreach (var (format, name) in among)
        {
            if (subId is not null && format.Has<OfferumSettings>()
                && SubIdReader.Read(subId, format.Get<OfferumSettings>().SubId) is { } record
                && (record.Pipeline is null || record.Pipeline == name)
                && await journal.FindAsync(new OperationId(name, record.Kind, record.Id), cancellationToken) is { Exists: true } row)
            {
                isOneUnreadable |= row.Entry is null;
                found.AddRange(row.Entry is { } entry ? [entry] : []);
            }
        }

        return (found, isOneUnreadable);
    }

    private static partial class Log
    {
        [LoggerMessage(1251, LogLevel.Information, "{Operation}: the network reported {Status}")]
        public static partial void Recorded(ILogger logger, OperationId operation, string? status);

        [LoggerMessage(1252, LogLevel.Warning, "{Pipeline}: a postback is kept for inspection. {Problem}")]
        public static partial void Unmatched(ILogger logger, string pipeline, string problem);

        [LoggerMessage(1253, LogLevel.Error, "{Pipeline}: a postback could not be stored ({Cause}); answered with 503")]
        public static partial void StorageUnavailable(ILogger logger, string pipeline, string cause);
    }
}
