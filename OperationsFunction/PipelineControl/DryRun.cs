using System.Text.Json;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Fetches a real record and shows the order that it would produce. Nothing is journaled and nothing is sent.</summary>
public sealed class DryRun(PipelineCatalog pipelines, IRecordSamples samples, IEnumerable<IDestination> destinations)
{
    private const int MaxBody = 4 * 1024;

    public async Task<IResult> RunAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!pipelines.TryFind(name, out var pipeline))
        {
            return NoPipeline.Answer(pipelines, name);
        }

        if (await ReadAsync(request, cancellationToken) is not { } record)
        {
            return Problems.BadRequest("The body must be JSON such as {\"kind\":\"lead\",\"id\":48213}; kind is lead, request or auto, id is U-ON's number.");
        }

        var operation = (await samples.FetchAsync(pipeline, record.Kind, record.Id, webhook: null, cancellationToken)).Operation;
        IReadOnlyList<OrderView> orders = operation.Enrichment == EnrichmentState.Enriched
            ? [.. destinations.Where(d => !d.IsReport && d.Serves(pipeline)).Select(d => Order(d.Name, d.Preview(pipeline, operation)))]
            : [];
        var view = new DryRunView(
            Outcome(operation.State),
            operation.State.ToString(),
            operation.Error?.Code,
            operation.Error?.Message,
            Mask.Fields(operation.Fields).ToDictionary(StringComparer.Ordinal),
            orders.Count > 0 ? orders[0] : null)
        { Orders = orders };
        return TypedResults.Json(view, PipelineControlJson.Types.DryRunView);
    }

    private static OrderView Order(string destination, OrderPreview preview) => new(destination, preview.Address, Masked(preview.Form));

    internal static string Outcome(OperationState state) => state switch
    {
        OperationState.Enriched => "would-send",
        OperationState.Skipped => "skipped",
        _ => "failed",
    };

    // Only reveal shows a full phone number, and it leaves an event; a dry run has no events.
    private static Dictionary<string, string> Masked(IReadOnlyList<KeyValuePair<string, string>> form) =>
        Mask.Fields(RecordFields.Empty.With(form)).ToDictionary(StringComparer.Ordinal);

    internal static async Task<(RecordKind Kind, long Id)?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(request.Body, MaxBody, cancellationToken);
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("kind", out var kindText) && kindText.ValueKind == JsonValueKind.String
                && RecordKindNames.TryParse(kindText.GetString()!, out var kind)
                && root.TryGetProperty("id", out var idValue)
                && OperationFinder.TryRead("", kind.Name(), idValue.ValueKind == JsonValueKind.String ? idValue.GetString()! : idValue.GetRawText(), out var id)
                    ? (kind, id.RecordId)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one: a text of it is not Unicode.
            return null;
        }
    }
}
