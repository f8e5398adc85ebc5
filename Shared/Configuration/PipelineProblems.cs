using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Shared.Configuration;

/// <summary>Reports at startup which pipelines do not run, with all problems of each, and which secrets are not kept as such.</summary>
internal sealed partial class PipelineProblems(PipelineCatalog pipelines, IConfiguration configuration, ILogger<PipelineProblems> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in pipelines.Invalid)
        {
            // The host drops log lines outside function calls, but shows the worker's error stream.
            Console.Error.WriteLine($"The pipeline {pipeline.Name} does not run:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", pipeline.Problems)}");
            Log.Invalid(logger, pipeline.Name, string.Concat(pipeline.Problems.Select(problem => $"{Environment.NewLine}  - {problem}")));
        }

        if (PipelinesFile.Secrets(configuration, pipelines.All) is [_, ..] secrets)
        {
            Log.SecretsInFile(logger, PipelinesFile.Name, string.Join(", ", secrets));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1701, LogLevel.Error, "{Pipeline} does not run; the other pipelines do. Its webhooks are answered with 503 and its records wait. Fix its settings and restart:{Problems}")]
        public static partial void Invalid(ILogger logger, string pipeline, string problems);

        [LoggerMessage(1702, LogLevel.Warning, "{File} is committed and deployed with the app, and holds secrets: {Keys}. Move them to app settings or Key Vault references, and replace those that were committed.")]
        public static partial void SecretsInFile(ILogger logger, string file, string keys);
    }
}
