using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Bitrix24;

/// <summary>
/// A Bitrix24 portal, which gets a lead by <c>crm.lead.add</c>. Every lead carries its operation's id, so that a second send finds the lead that the
/// first one created: a resend after an uncertain send does not create a duplicate.
/// </summary>
public sealed class BitrixDestination(BitrixClient client, DestinationRateLimiter limiter) : Destination<BitrixSettings>(BitrixServices.Module)
{
    public const string DestinationName = "bitrix";

    public const string QueueName = "bitrix-orders";

    public override ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<BitrixSettings>();
        // The rate limit belongs to the portal, whichever pipelines write to it.
        return limiter.AcquireAsync($"{DestinationName}|{settings.Webhook.Host}", settings.RequestsPerSecond / (settings.SkipsDuplicates ? 2 : 1), cancellationToken);
    }

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<BitrixSettings>();
        return new OrderPreview($"{settings.Webhook.GetLeftPart(UriPartial.Authority)}/rest/***/{BitrixLead.AddMethod}.json", BitrixLead.FieldsOf(operation, settings));
    }

    public override async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<BitrixSettings>();
        if (operation.DeliveryTo(Name) is { Sends: > 1 })
        {
            var own = await client.AskAsync(settings, "crm.lead.list", BitrixLead.FindOwn(operation), BitrixReplyReader.Listed, cancellationToken);
            if (own is not { Outcome: DeliveryOutcome.Delivered, OrderId: null })
            {
                return own with { Detail = own.Detail ?? "Bitrix24 already had it from an earlier send" };
            }
        }

        if (settings.SkipsDuplicates && BitrixLead.FindPhone(operation) is { } phone)
        {
            var known = await client.AskAsync(settings, "crm.duplicate.findbycomm", phone, BitrixReplyReader.Compared, cancellationToken);
            if (known is not { Outcome: DeliveryOutcome.Delivered, OrderId: null })
            {
                return known.Outcome == DeliveryOutcome.Delivered ? known with { Outcome = DeliveryOutcome.Duplicate, Detail = "Bitrix24 already had this phone" } : known;
            }
        }

        return await client.AddAsync(settings, BitrixLead.Add(operation, settings), cancellationToken);
    }
}
