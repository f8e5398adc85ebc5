using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Backfills;
using UonOfferum.OperationsFunction.Console;
using UonOfferum.OperationsFunction.Dashboard;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.OperationsFunction.Jobs;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Jobs;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.OperationsFunction;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) =>
        services
            .AddAlerts()
            .AddEditor()
            .AddSingleton<OpenOperations>()
            .AddSingleton<OperationSearch>()
            .AddSingleton<OperationFinder>()
            .AddSingleton<QueueDepths>()
            .AddSingleton<SenderSwitches>()
            .AddSingleton<UnreadableMessages>()
            .AddSingleton<AgedOperations>()
            .AddSingleton<OperationDetails>()
            .AddSingleton<OperationCsv>()
            .AddSingleton<OperationList>()
            .AddSingleton<OrphanedItems>()
            .AddSingleton<ConsolePage>()
            .AddSingleton<HealthCheck>()
            .AddSingleton<Backlog>()
            .AddSingleton<FailureRecorder>()
            .AddSingleton<IFailureRecorder>(provider => provider.GetRequiredService<FailureRecorder>())
            .AddSingleton<OperatorService>()
            .AddSingleton<ActionEndpoint>()
            .AddSingleton<UnreadableEndpoint>()
            .AddSingleton<QueueLag>()
            .AddSingleton<Sweeper>()
            .AddSingleton<HeldOperations>()
            .AddSingleton<BreakerRecovery>()
            .AddHostedService<BreakerClock>()
            .AddSingleton<PipelineSwitch>()
            .AddSingleton<BreakerStatus>()
            .AddSingleton<PipelineList>()
            .AddSingleton<PipelineAddresses>()
            .AddSingleton<PipelineCheck>()
            .AddSingleton<HookStore>()
            .AddSingleton<HookWatch>()
            .AddSingleton<HookRegistration>()
            .AddSingleton<DryRun>()
            .AddSingleton<HealthDetails>()
            .AddSingleton<HourlyRollUp>()
            .AddSingleton<Counters>()
            .AddSingleton<Overview>()
            .AddSingleton<AttentionGroups>()
            .AddSingleton<AttentionList>()
            .AddSingleton(provider => RetentionSettings.Read(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<AgedRows>()
            .AddSingleton<PersonalDataRedactor>()
            .AddSingleton<ReplayStore>()
            .AddSingleton<ReplaySelection>()
            .AddSingleton<ReplayRunner>()
            .AddSingleton<IBulkRunner>(provider => provider.GetRequiredService<ReplayRunner>())
            .AddSingleton<ReplayEndpoint>()
            .AddSingleton<BackfillStore>()
            .AddSingleton<BackfillSelection>()
            .AddSingleton<IBulkRunner, BackfillRunner>()
            .AddSingleton<BackfillEndpoint>()
            .AddSingleton<JobEndpoint>()
            .AddJobs();

    /// <summary>In the order in which operators see them.</summary>
    private static IServiceCollection AddJobs(this IServiceCollection services) =>
        services
            .AddSingleton<IJob, SweepJob>()
            .AddSingleton<IJob, BreakersJob>()
            .AddSingleton<IJob, ReplaysJob>()
            .AddSingleton<IJob, AlertsJob>()
            .AddSingleton<IJob, RollUpJob>()
            .AddSingleton<IJob, RetentionJob>()
            .AddSingleton<IJob, BacklogJob>()
            .AddSingleton<IJob, HooksJob>();
}
