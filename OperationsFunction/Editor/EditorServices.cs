using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.OperationsFunction.Editor;

internal static class EditorServices
{
    public static IServiceCollection AddEditor(this IServiceCollection services) =>
        services
            .AddSingleton<EditorAccess>()
            .AddSingleton<DraftReader>()
            .AddSingleton<CodePipelines>()
            .AddSingleton<NameChoice>()
            .AddSingleton<PipelineMaker>()
            .AddSingleton<PipelineRename>()
            .AddSingleton<DraftSecrets>()
            .AddSingleton<CreateEndpoint>()
            .AddSingleton<DraftEndpoint>()
            .AddSingleton<PublishEndpoint>()
            .AddSingleton<RevisionEndpoint>()
            .AddSingleton<LifecycleEndpoint>()
            .AddSingleton<TransferEndpoint>()
            .AddSingleton<TrialEndpoint>()
            .AddSingleton<AccountEndpoint>()
            .AddSingleton<SendEndpoint>()
            .AddSingleton<RecordComparer>()
            .AddSingleton<ComparisonJobs>()
            .AddSingleton<ComparisonEndpoint>()
            .AddSingleton<HookEndpoint>();
}
