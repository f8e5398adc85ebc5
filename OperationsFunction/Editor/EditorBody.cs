using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.LivePipelines;
using UonOfferum.Shared.Text;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>The JSON object of a request to the editor.</summary>
internal sealed class EditorBody
{
    /// <summary>Room for the largest settings and the JSON around them.</summary>
    private const int MaxBytes = PipelineSettings.MaxBytes + 4 * 1024;

    private const int MaxText = 500;

    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>The same options as configuration uses for <c>pipelines.json</c>, which may be imported unchanged.</summary>
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonObject _json;

    private EditorBody(JsonObject json) => _json = json;

    /// <summary>The body, or the refusal. An empty body is an empty object.</summary>
    public static async Task<(EditorBody? Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await BoundedBody.ReadAsync(request.Body, MaxBytes + 1, cancellationToken);
        if (bytes.Length > MaxBytes)
        {
            return (null, EditorProblems.TooLarge(PipelineSettings.MaxBytes));
        }

        try
        {
            return (bytes.Length == 0 ? new JsonObject() : JsonNode.Parse(bytes.Span, documentOptions: Tolerant)) is JsonObject json && IsWhole(json)
                ? (new EditorBody(json), null)
                : (null, NoObject());
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return (null, NoObject());
        }
    }

    /// <summary>Null when it is absent, null, not text, or blank; cut to 500 characters.</summary>
    public string? Text(string name) =>
        _json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 } trimmed
            ? trimmed.CutTo(MaxText)
            : null;

    /// <summary>Unchanged, blanks included; null when it is not text.</summary>
    public string? Raw(string name) => _json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public bool Has(string name) => _json[name] is not null;

    /// <summary>Whether the member is <c>true</c>.</summary>
    public bool Flag(string name) => _json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public int? Number(string name) => _json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>A number or a text of digits.</summary>
    public string? Id(string name) => _json[name] is JsonValue value ? value.ToString() : null;

    /// <summary>ISO 8601 with its time zone; null when it is absent.</summary>
    /// <returns>False when the member holds anything else.</returns>
    public bool TryMoment(string name, out DateTimeOffset? moment)
    {
        moment = null;
        if (!Has(name))
        {
            return true;
        }

        // A time without a zone would be read in the server's zone.
        if (!DateTime.TryParseExact(Text(name), Moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read) || read.Kind == DateTimeKind.Unspecified)
        {
            return false;
        }

        moment = new DateTimeOffset(read.ToUniversalTime());
        return true;
    }

    /// <summary>A copy of the member; null when it is not an object.</summary>
    public JsonObject? Object(string name) => (_json[name] as JsonObject)?.DeepClone().AsObject();

    private static IResult NoObject() => Problems.BadRequest("The body is not a JSON object, has the same name twice in one object, or has text that is not Unicode. Correct it and send it again.");

    /// <summary>Duplicate names, broken UTF-8 and lone surrogates are detected lazily, so touch everything to find them now.</summary>
    private static bool IsWhole(JsonNode node)
    {
        switch (node)
        {
            case JsonObject item:
                _ = item.Count;
                return item.All(pair => pair.Value is null || IsWhole(pair.Value));
            case JsonArray list:
                return list.All(child => child is null || IsWhole(child));
            default:
                _ = node.AsValue().TryGetValue<string>(out var _);
                return true;
        }
    }
}
