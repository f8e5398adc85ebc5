using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.BitrixSenderFunction;

/// <summary>
/// A Bitrix24 portal, which gets a lead by <c>crm.lead.add</c>. Every lead carries its operation's id, so that a second send finds what the
/// first one made: here a resend after an uncertain send makes no second lead.
/// </summary>
public sealed class BitrixDestination(BitrixClient client, Pace pace) : IDestination
{
    public const string DestinationName = "bitrix";

    public const string QueueName = "bitrix-orders";

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<BitrixSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<BitrixSettings>().Policy;

    public string Account(Pipeline pipeline) => pipeline.Get<BitrixSettings>().Webhook.Authority;

    public ValueTask<DateTimeOffset?> EnterAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<BitrixSettings>();
        // The limit is the portal's, whichever pipelines write into it.
        return pace.EnterAsync($"{DestinationName}|{settings.Webhook.Host}", settings.RequestsPerSecond / (settings.SkipsDuplicates ? 2 : 1), cancellationToken);
    }

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<BitrixSettings>();
        return new OrderPreview($"{settings.Webhook.GetLeftPart(UriPartial.Authority)}/rest/***/{BitrixLead.AddMethod}.json", BitrixLead.FieldsOf(operation, settings));
    }

    public async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<BitrixSettings>();
        if (operation.DeliveryTo(Name) is { Sends: > 1 })
        {
            var own = await client.AskAsync(settings, "crm.lead.list", BitrixLead.FindOwn(operation), BitrixReplyReader.Listed, cancellationToken);
            if (own is not { Outcome: DeliveryOutcome.Delivered, OrderId: null })
            {
                return own with { Detail = own.Detail ?? "Bitrix24 had it from an earlier send" };
            }
        }

        if (settings.SkipsDuplicates && BitrixLead.FindPhone(operation) is { } phone)
        {
            var known = await client.AskAsync(settings, "crm.duplicate.findbycomm", phone, BitrixReplyReader.Compared, cancellationToken);
            if (known is not { Outcome: DeliveryOutcome.Delivered, OrderId: null })
            {
                return known.Outcome == DeliveryOutcome.Delivered ? known with { Outcome = DeliveryOutcome.Duplicate, Detail = "Bitrix24 had this phone already" } : known;
            }
        }

        return await client.AddAsync(settings, BitrixLead.Add(operation, settings), cancellationToken);
    }
}
