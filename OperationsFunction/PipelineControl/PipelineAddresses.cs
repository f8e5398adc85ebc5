using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The addresses that U-ON and the network call.</summary>
public sealed partial class PipelineAddresses(
    PipelineCatalog pipelines, RevisionStore store, SecretValues secrets, PublicAddress address, ILogger<PipelineAddresses> logger)
{
    private const string Macros = "?subid1={subid1}&status={status}&summ_approved={summ_approved}&currency={currency}&lead_id={lead_id}";

    public async Task<IResult> ShowAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var current = pipelines.Current;
        if (!current.TryFind(name, out var pipeline))
        {
            return current.Drafts.ContainsKey(name) ? await ShowDraftAsync(request, name, cancellationToken) : NoPipeline.Answer(pipelines, name);
        }

        // During a secret rotation both are valid, and the new one is last.
        return Answer(request, name, pipeline.WebhookSecrets, pipeline.PostbackSecrets);
    }

    /// <summary>The cabinets can be connected before the first publication: their webhooks are ignored, but recorded.</summary>
    private async Task<IResult> ShowDraftAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var versions = (await store.ReadSecretsAsync(name, cancellationToken)).Versions;
        var values = (await secrets.ResolveAsync(name, versions.Select(v => KeyValuePair.Create(v.Key, v.Value.Version)), cancellationToken)).Values;
        return List(values, "Webhook:Secret") is { Count: > 0 } webhook
            ? Answer(request, name, webhook, List(values, "Postback:Secret"))
            : Problems.Conflict($"'{name}' has no webhook secret yet. Make one: POST pipelines/{name}/secrets/Webhook:Secret/generate.");
    }

    private JsonHttpResult<AddressesView> Answer(HttpRequest request, string name, IReadOnlyList<string> webhook, IReadOnlyList<string> postback)
    {
        var origin = Origin(request, address);
        Log.Shown(logger, name);
        return TypedResults.Json(
            new AddressesView(origin + Webhook(name, webhook[^1]), postback.Count > 0 ? origin + Postback(name, postback[^1]) : null),
            PipelineControlJson.Types.AddressesView);
    }

    /// <summary>The public address of this app.</summary>
    internal static string Origin(HttpRequest request, PublicAddress address) =>
        address.Of(request.Scheme, request.Host.Value ?? "").GetLeftPart(UriPartial.Authority);

    internal static string Webhook(string pipeline, string secret) => PublicAddress.WebhookPath(pipeline, secret);

    internal static string Postback(string pipeline, string secret) => $"/api/offerum/{pipeline}/{secret}/postback{Macros}";

    private static IReadOnlyList<string> List(IReadOnlyDictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var value) ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    private static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Warning, "{Pipeline}: an operator viewed the addresses with their secrets")]
        public static partial void Shown(ILogger logger, string pipeline);
    }
}
