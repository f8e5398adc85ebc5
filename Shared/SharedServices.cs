using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Chaos;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Gates;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messages;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared;

/// <summary>What more than one stage uses.</summary>
internal static class SharedServices
{
    public static IServiceCollection AddShared(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddStorageClients(configuration)
            .AddHostedService<PipelineProblems>()
            .AddSingleton<StageQueues>()
            .AddSingleton<QueueDepths>()
            .AddSingleton<JournalTable>()
            .AddSingleton<JournalStore>()
            .AddSingleton<OperationSearch>()
            .AddSingleton<OpenOperations>()
            .AddSingleton<AgedOperations>()
            .AddSingleton<UnreadableMessages>()
            .AddSingleton<RefusedWebhooks>()
            .AddSingleton<PhoneIndex>()
            .AddSingleton<GateStore>()
            .AddSingleton<GateKeeper>()
            .AddSingleton<Proving>()
            .AddSingleton<PausePoints>()
            .AddSingleton<PromiseSender>()
            .AddSingleton<ClaimedSend>()
            .AddSingleton<Persons>()
            .AddSingleton<Pace>()
            .AddSingleton<DeliveryStage>();
}
