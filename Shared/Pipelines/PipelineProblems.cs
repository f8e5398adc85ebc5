using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Shared.Pipelines;

/// <summary>Tells at the start which pipelines do not run, and everything that is wrong with each.</summary>
internal sealed partial class PipelineProblems(PipelineCatalog pipelines, ILogger<PipelineProblems> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.Invalid)
        {
            Log.Invalid(logger, pipeline.Name, string.Concat(pipeline.Problems.Select(problem => $"{Environment.NewLine}  - {problem}")));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1701, LogLevel.Error, "{Pipeline} does not run, the other pipelines do. Its webhooks are answered 503 and its records wait. Mend its settings and start again:{Problems}")]
        public static partial void Invalid(ILogger logger, string pipeline, string problems);
    }
}
