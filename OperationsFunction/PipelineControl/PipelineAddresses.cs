using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The addresses that U-ON and the network call.</summary>
public sealed partial class PipelineAddresses(PipelineCatalog pipelines, IConfiguration configuration, ILogger<PipelineAddresses> logger)
{
    // On Azure the worker sees the host's inner address; this setting of the platform has the outer one.
    private const string PlatformHost = "WEBSITE_HOSTNAME";
    private const string Macros = "?subid1={subid1}&status={status}&summ_approved={summ_approved}&currency={currency}&lead_id={lead_id}";

    public IResult Show(HttpRequest request, string name)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        // While a secret is being changed both are valid, and the new one stands last.
        var origin = configuration[PlatformHost] is { Length: > 0 } host ? $"https://{host}" : $"{request.Scheme}://{request.Host}";
        Log.Shown(logger, pipeline.Name);
        return TypedResults.Json(
            new AddressesView(
                origin + Webhook(pipeline, pipeline.WebhookSecrets[^1]),
                pipeline.PostbackSecrets.Count > 0 ? origin + Postback(pipeline, pipeline.PostbackSecrets[^1]) : null),
            ApiJson.Types.AddressesView);
    }

    internal static string Webhook(Pipeline pipeline, string secret) => $"/api/uon/{pipeline.Name}/{secret}";

    internal static string Postback(Pipeline pipeline, string secret) => $"/api/offerum/{pipeline.Name}/{secret}/postback{Macros}";

    private static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Warning, "{Pipeline}: an operator looked at the addresses with their secrets")]
        public static partial void Shown(ILogger logger, string pipeline);
    }
}
