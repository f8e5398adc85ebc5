using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.OperationsFunction.Attention;
using UonOfferum.OperationsFunction.Console;
using UonOfferum.OperationsFunction.Failures;
using UonOfferum.OperationsFunction.Health;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.OperationsFunction.Replays;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.OperationsFunction.Statistics;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Deliveries;

namespace UonOfferum.OperationsFunction;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) =>
        services
            .AddAlerts()
            .AddSingleton<OperationFinder>()
            .AddSingleton<OperationCsv>()
            .AddSingleton<OperationList>()
            .AddSingleton<StrayList>()
            .AddSingleton<ConsolePage>()
            .AddSingleton<HealthCheck>()
            .AddSingleton<Backlog>()
            .AddSingleton<FailureRecorder>()
            .AddSingleton<IFailureRecorder>(provider => provider.GetRequiredService<FailureRecorder>())
            .AddSingleton<OperatorService>()
            .AddSingleton<ActionEndpoint>()
            .AddSingleton<QueueLag>()
            .AddSingleton<Sweeper>()
            .AddSingleton<HeldOperations>()
            .AddSingleton<GateWarden>()
            .AddSingleton<PipelineSwitch>()
            .AddSingleton<GateStatus>()
            .AddSingleton<PipelineList>()
            .AddSingleton<PipelineAddresses>()
            .AddSingleton<PipelineCheck>()
            .AddSingleton<DryRun>()
            .AddSingleton<HealthDetails>()
            .AddSingleton<MarkerFolder>()
            .AddSingleton<Counters>()
            .AddSingleton<Overview>()
            .AddSingleton<AttentionGroups>()
            .AddSingleton<AttentionList>()
            .AddSingleton(provider => RetentionSettings.Read(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<PersonalDataStripper>()
            .AddSingleton<ReplayStore>()
            .AddSingleton<ReplaySelection>()
            .AddSingleton<ReplayRunner>()
            .AddSingleton<ReplayEndpoint>();
}
