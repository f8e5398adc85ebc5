using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Jobs;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Limits;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Revisions;
using UonOfferum.Shared.Secrets;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared;

/// <summary>Services that more than one stage uses.</summary>
internal static class SharedServices
{
    public static IServiceCollection AddShared(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddStorageClients(configuration)
            .AddHostedService<PipelineProblems>()
            .AddSingleton<PublicAddress>()
            .AddSingleton(EditingSettings.Read(configuration))
            .AddSingleton<PipelineTable>()
            .AddSingleton<RevisionStore>()
            .AddSingleton<IgnoredWebhooks>()
            .AddSingleton<ComparisonStore>()
            .AddSecrets(configuration)
            .AddSingleton<SecretValues>()
            .AddSingleton<RevisionReader>()
            .AddSingleton<PipelineRefresh>()
            .AddHostedService<PipelineWatch>()
            .AddSingleton<StageQueues>()
            .AddSingleton<JournalTable>()
            .AddSingleton<JournalStore>()
            .AddSingleton<PipelineRegistry>()
            .AddHostedService<PipelineStarts>()
            .AddSingleton<OrderIndex>()
            .AddSingleton<RefusedWebhooks>()
            .AddSingleton<UnmatchedPostbackList>()
            .AddSingleton<PhoneIndex>()
            .AddSingleton<JobStore>()
            .AddSingleton<JobRunner>()
            .AddHostedService(provider => provider.GetRequiredService<JobRunner>())
            .AddSingleton<CircuitBreakerStore>()
            .AddSingleton<CircuitBreakerPolicy>()
            .AddSingleton<HalfOpenLimiter>()
            .AddSingleton<SlowDown>()
            .AddSingleton<BreakerSignal>()
            .AddSingleton(Jitter.Random)
            .AddSingleton<FailPoints>()
            .AddSingleton<OutboxSender>()
            .AddSingleton<StageMessageReader>()
            .AddSingleton<DeliveryAttempt>()
            .AddSingleton<LeadOwners>()
            .AddSingleton<SkippedWaits>()
            .AddSingleton<AccountHashes>()
            .AddSingleton<SharedAccounts>()
            .AddSingleton<LeadDeduplicator>()
            .AddSingleton<SkippedDeliveries>()
            .AddSingleton<RetiredDeliveries>()
            .AddSingleton<PreSendChecks>()
            .AddSingleton<ModerationNotices>()
            .AddSingleton<LaneStore>()
            .AddSingleton<SharedLimiter>()
            .AddHostedService(provider => provider.GetRequiredService<SharedLimiter>())
            .AddSingleton<DestinationRateLimiter>()
            .AddSingleton<TrustingClients>()
            .AddSingleton<DeliveryStage>()
            .AddSingleton<QueuedDelivery>();
}
