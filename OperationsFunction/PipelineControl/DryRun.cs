using System.Text.Json;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Api;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>Fetches a real record and shows the order that would be made of it. Nothing is journaled and nothing is sent.</summary>
public sealed class DryRun(PipelineCatalog pipelines, IRecordPreview records, IEnumerable<IDestination> destinations)
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
            return Problems.BadRequest("The body is JSON such as {\"kind\":\"lead\",\"id\":48213}; kind is lead, request or auto, id is U-ON's number.");
        }

        var operation = await records.LookAsync(pipeline, record.Kind, record.Id, cancellationToken);
        var order = operation.State == OperationState.Enriched
            ? destinations.Where(d => d.Serves(pipeline)).Select(d => (d.Name, Preview: d.Preview(pipeline, operation))).FirstOrDefault()
            : default;
        var view = new DryRunView(
            Outcome(operation.State),
            operation.State.ToString(),
            operation.Error?.Code,
            operation.Error?.Message,
            Mask.Fields(operation.Fields).ToDictionary(StringComparer.Ordinal),
            order.Preview is { } preview ? new OrderView(order.Name, preview.Address, Masked(preview.Form)) : null);
        return TypedResults.Json(view, ApiJson.Types.DryRunView);
    }

    private static string Outcome(OperationState state) => state switch
    {
        OperationState.Enriched => "would-send",
        OperationState.Skipped => "skipped",
        _ => "failed",
    };

    // A phone in full is for reveal, which is told in the story; a dry run has no story.
    private static Dictionary<string, string> Masked(IReadOnlyList<KeyValuePair<string, string>> form) =>
        Mask.Fields(RecordFields.Empty.With(form)).ToDictionary(StringComparer.Ordinal);

    private static async Task<(RecordKind Kind, long Id)?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
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
        catch (JsonException)
        {
            return null;
        }
    }
}
