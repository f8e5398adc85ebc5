using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Records;
using UonOfferum.UonWebhookFunction.Enrichment;
using UonOfferum.UonWebhookFunction.Reconcile;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Webhook;

namespace UonOfferum.UonWebhookFunction;

internal static class UonServices
{
    public static IServiceCollection AddUonWebhook(this IServiceCollection services) =>
        services
            .AddUonClient()
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<PhoneLookup>()
            .AddSingleton<RecordLookup>()
            .AddSingleton<RecordEnricher>()
            .AddSingleton<IGateProbe, UonProbe>()
            .AddSingleton<IRecordPreview, RecordPreview>()
            .AddSingleton<ReconcilePlaces>()
            .AddSingleton<Reconciler>();
}
