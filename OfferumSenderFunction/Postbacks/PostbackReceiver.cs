using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Storage;
using UonOfferum.Shared.Webhooks;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>
/// Takes the network's postbacks: what became of an order, and what it pays. There is no signature, so an unguessable secret stands
/// in the path.
/// </summary>
public sealed partial class PostbackReceiver(
    PipelineCatalog pipelines, JournalStore journal, OperationSearch search, StrayPostbacks strays, TimeProvider time, ILogger<PostbackReceiver> logger)
{
    public async Task<IResult> ReceiveAsync(HttpRequest request, string pipelineName, string secret, CancellationToken cancellationToken)
    {
        pipelines.TryFind(pipelineName, out var pipeline);
        if (pipelines.TryFindInvalid(pipelineName, out var invalid) && PathSecret.Matches(invalid.PostbackSecrets, secret))
        {
            return new RetryLater("The settings of this pipeline cannot be used at the moment. Send this postback again.");
        }

        if (!PathSecret.Matches(pipeline?.PostbackSecrets, secret) || pipeline is null)
        {
            return Problems.NotFound("There is no such postback address. Copy it again from the pipeline's page.");
        }

        var reading = await WebhookReading.ReadAsync(request, cancellationToken);
        if (reading.Fields is not { } fields)
        {
            return Problems.Of(reading.Status, reading.Title!, reading.Detail!);
        }

        var postback = OfferumPostback.From(fields);
        if (postback is { SubId: null, OrderId: null })
        {
            return Problems.BadRequest("The postback names no order. Put {subid1} into its address as subid1, or {lead_id} as lead_id.");
        }

        if (postback.Status is null)
        {
            return Problems.BadRequest("status is waiting, approved, declined or trash. Put {status} into the postback's address.");
        }

        try
        {
            return await TellAsync(pipeline, postback, cancellationToken);
        }
        catch (Exception e) when (StorageTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            Log.StorageTrouble(logger, pipeline.Name, e.GetType().Name);
            return new RetryLater("The journal does not answer at the moment. Send this postback again.");
        }
    }

    private async Task<IResult> TellAsync(Pipeline pipeline, OfferumPostback postback, CancellationToken cancellationToken)
    {
        while (await FindAsync(pipeline, postback, cancellationToken) is { } entry)
        {
            var next = PostbackRules.Apply(entry.Operation, postback, time.GetUtcNow());
            if (next is null)
            {
                return WebhookAnswer.Ignored("it says nothing new");
            }

            if (await journal.UpdateAsync(entry, next, null, cancellationToken) is not null)
            {
                Log.Told(logger, next.Id, postback.Status);
                return WebhookAnswer.Accepted(next.Id.ToString());
            }
        }

        await strays.KeepAsync(pipeline.Name, postback, cancellationToken);
        Log.Unknown(logger, pipeline.Name);
        return WebhookAnswer.Ignored("no order of this pipeline has this subid or id; the postback is kept for inspection");
    }

    private async Task<JournalEntry?> FindAsync(Pipeline pipeline, OfferumPostback postback, CancellationToken cancellationToken)
    {
        if (pipeline.Has<OfferumSettings>() && postback.SubId is { } subId
            && SubIdReader.Read(subId, pipeline.Get<OfferumSettings>().SubId) is { } record
            && await journal.ReadAsync(new OperationId(pipeline.Name, record.Kind, record.Id), cancellationToken) is { } bySubId)
        {
            return bySubId;
        }

        if (postback.OrderId is not { } orderId)
        {
            return null;
        }

        var found = await search.ByOrderAsync(pipeline.Name, orderId, cancellationToken);
        return found is { } id ? await journal.ReadAsync(id, cancellationToken) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1251, LogLevel.Information, "{Operation}: the network says {Status}")]
        public static partial void Told(ILogger logger, OperationId operation, string? status);

        [LoggerMessage(1252, LogLevel.Warning, "{Pipeline}: a postback names no order of ours; it is kept for inspection")]
        public static partial void Unknown(ILogger logger, string pipeline);

        [LoggerMessage(1253, LogLevel.Error, "{Pipeline}: a postback could not be written ({Cause}); answered 503")]
        public static partial void StorageTrouble(ILogger logger, string pipeline, string cause);
    }
}
