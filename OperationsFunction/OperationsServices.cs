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
            .AddSingleton(provider => new Job("sweep", JobSchedule.Minutes(5), provider.GetRequiredService<Sweeper>().RunAsync))
            .AddSingleton(provider => new Job("breakers", JobSchedule.Seconds(30), provider.GetRequiredService<BreakerRecovery>().RunAsync))
            .AddSingleton(provider => new Job("replays", JobSchedule.Seconds(30), async cancellationToken =>
            {
                foreach (var runner in provider.GetServices<IBulkRunner>())
                {
                    await runner.RunAsync(cancellationToken);
                }
            }))
            .AddSingleton(provider => new Job("alerts", JobSchedule.Minutes(1), provider.GetRequiredService<AlertWatch>().RunAsync))
            .AddSingleton(provider => new Job("rollup", JobSchedule.Minutes(1), provider.GetRequiredService<HourlyRollUp>().RollUpAsync))
            .AddSingleton(provider => new Job("retention", provider.GetRequiredService<RetentionSettings>().Schedule, provider.GetRequiredService<PersonalDataRedactor>().RunAsync))
            .AddSingleton(provider => new Job("backlog", JobSchedule.Minutes(1), provider.GetRequiredService<Backlog>().MeasureAsync))
            // Once a day, at twenty past seven in Moscow: before an agency opens.
            .AddSingleton(provider => new Job("hooks", JobSchedule.Minutes(24 * 60, offset: 4 * 60 + 20), provider.GetRequiredService<HookWatch>().RunAsync));
}
