using System.Net;
using System.Text.Json;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>
/// Tries key and flow by the network's read endpoints <c>balance</c> and <c>flows</c>, without sending an order or a fake lead.
/// </summary>
public sealed class OfferumProbe(IHttpClientFactory clients, TimeProvider time) : IHealthProbe, IAccountFlows
{
    private static readonly string Denied = ErrorCodes.Denied(OfferumDestination.DestinationName);
    private static readonly string Unavailable = ErrorCodes.Unavailable(OfferumDestination.DestinationName);

    private const int MaxReply = 1024 * 1024;

    public string Breaker => OfferumDestination.DestinationName;

    public string Section => OfferumSettings.Section;

    public bool Serves(Pipeline pipeline) => pipeline.Has<OfferumSettings>();

    public async Task<ProbeResult> ProbeAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<OfferumSettings>();
        var (_, problem) = await ReadAsync(settings, "balance", cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (flows, flowsProblem) = await ReadAsync(settings, "flows", cancellationToken);
        if (flowsProblem is not null)
        {
            return flowsProblem;
        }

        return flows.Any(flow => IsNamed(flow, settings.Flow))
            ? new ProbeResult(true, "Offerum accepts the key and has the flow.")
            : new ProbeResult(false, $"Offerum accepts the key, but none of its {flows.Count} flows is '{settings.Flow}'. Check Offerum:Flow (case-sensitive).", Denied);
    }

    public async Task<(IReadOnlyList<AccountFlow> Flows, ProbeResult? Problem)> ListAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var (items, problem) = await ReadAsync(pipeline.Get<OfferumSettings>(), "flows", cancellationToken);
        return (problem is null ? [.. items.Select(Flow).OfType<AccountFlow>().OrderBy(f => f.Title, StringComparer.OrdinalIgnoreCase)] : [], problem);
    }

    private static AccountFlow? Flow(JsonElement item) => item.Text("id") is { Length: > 0 } id ? new AccountFlow(id, item.Text("title") ?? id) : null;

    private async Task<(IReadOnlyList<JsonElement> Items, ProbeResult? Problem)> ReadAsync(
        OfferumSettings settings, string endpoint, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Policy.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var address = new Uri(settings.BaseAddress, $"webmaster/{endpoint}/?key={Uri.EscapeDataString(settings.ApiKey)}");
        try
        {
            using var client = clients.CreateClient(nameof(OfferumClient));
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MaxReply, either.Token);
            return Classify(response.StatusCode, body, endpoint);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ([], new ProbeResult(false, $"Offerum did not answer '{endpoint}' within {settings.Policy.Timeout.TotalSeconds:0.#} s.", Unavailable));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A canceled request: the handler's ConnectTimeout. Omit the exception's message: it may hold the address, which holds the key.
            return ([], new ProbeResult(false, $"Offerum could not be reached for '{endpoint}'.", Unavailable));
        }
    }

    private static (IReadOnlyList<JsonElement> Items, ProbeResult? Problem) Classify(HttpStatusCode status, ReadOnlyMemory<byte> body, string endpoint)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || OfferumAnswer.Read(body)?.Error is not null)
        {
            return ([], new ProbeResult(false, "Offerum refuses the key. Check Offerum:ApiKey.", Denied));
        }

        if (status != HttpStatusCode.OK || !LenientJson.TryParse(body, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return ([], new ProbeResult(false, $"Offerum answered '{endpoint}' with HTTP {(int)status} and an unreadable body.", Unavailable));
        }

        return ([.. root.Property("response").Property("items").Items()], null);
    }

    private static bool IsNamed(JsonElement flow, string code) =>
        flow.ValueKind == JsonValueKind.Object && flow.EnumerateObject().Any(p => JsonScalar.Text(p.Value) == code);
}
