using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Hooks;
using UonOfferum.Shared.Jobs;
using UonOfferum.UonWebhookFunction.Enrichment;
using UonOfferum.UonWebhookFunction.Hooks;
using UonOfferum.UonWebhookFunction.Reconcile;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Webhook;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.UonWebhookFunction;

internal static class UonServices
{
    public static IServiceCollection AddUonWebhook(this IServiceCollection services) =>
        services
            .AddUonClient()
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<PhoneLookup>()
            .AddSingleton<RecordLookup>()
            .AddSingleton<RetiredRecords>()
            .AddSingleton<RecordFetcher>()
            .AddSingleton<RecordEnricher>()
            .AddSingleton<IHealthProbe, UonProbe>()
            .AddSingleton<IRecordList, RecordList>()
            .AddSingleton<IHookRegistry, HookRegistry>()
            .AddWriteBack()
            .AddSingleton<IRecordSamples, RecordSamples>()
            .AddSingleton<CheckpointStore>()
            .AddSingleton<Reconciler>()
            .AddSingleton(provider => new Job("reconcile", JobSchedule.Minutes(15), provider.GetRequiredService<Reconciler>().RunAsync));
}
