using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>The contents of Offerum's JSON reply, including the places where similar networks put them.</summary>
/// <param name="Status">The text at <c>status</c>; null when there is none.</param>
/// <param name="OrderId">At <c>order_id | id | lead_id | uuid | response.id | response.order_id | data.id</c>; number or string.</param>
/// <param name="AdditionalStatus">At <c>additional_status</c>.</param>
/// <param name="Error">All texts at <c>error | errors[] | message</c> of a refusal; null when the reply is not a refusal.</param>
/// <param name="Message">At <c>message</c>, whatever it says.</param>
internal sealed record OfferumAnswer(string? Status, string? OrderId, int? AdditionalStatus, string? Error, string? Message)
{
    private const int MaxOrderId = 100;

    private static readonly string[][] IdPlaces =
        [["order_id"], ["id"], ["lead_id"], ["uuid"], ["response", "id"], ["response", "order_id"], ["data", "id"]];

    public bool SaysOk => Status is "ok" or "success" or "true" or "1";

    /// <summary>Null when the body is not a JSON object.</summary>
    public static OfferumAnswer? Read(ReadOnlyMemory<byte> body) =>
        LenientJson.TryParse(body, out var root) && root.ValueKind == JsonValueKind.Object ? Read(root) : null;

    private static OfferumAnswer Read(JsonElement root)
    {
        var status = Scalar(root, "status")?.ToLowerInvariant();
        var id = IdPlaces.Select(place => At(root, place)).FirstOrDefault(found => found is not null);
        var additional = int.TryParse(Scalar(root, "additional_status"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new OfferumAnswer(status, id is null ? null : id.CutTo(MaxOrderId), additional, Refusal(root, status), Scalar(root, "message"));
    }

    private static string? Refusal(JsonElement root, string? status)
    {
        var words = string.Join("; ", ErrorTexts(root, "error").Concat(ErrorTexts(root, "errors")));
        if (words.Length > 0)
        {
            return words;
        }

        var failed = status is "error" or "fail" or "failed" or "false" or "0" || Scalar(root, "success") is "false" or "0";
        return failed ? Scalar(root, "message") ?? "unspecified" : null;
    }

    /// <summary>A truthy value, as the network's other endpoints use it: text, a list, an object of lists, a number or true.</summary>
    private static IEnumerable<string> ErrorTexts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? ErrorTexts(value) : [];

    private static IEnumerable<string> ErrorTexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } text && text.Trim() is { Length: > 0 } and not "0" ? [text] : [],
        JsonValueKind.True => ["true"],
        JsonValueKind.Number => value.GetRawText() == "0" ? [] : [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(ErrorTexts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => ErrorTexts(p.Value).Select(w => $"{p.Name}: {w}")),
        _ => [],
    };

    private static string? At(JsonElement root, string[] place)
    {
        foreach (var name in place[..^1])
        {
            if (!root.TryGetProperty(name, out root) || root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }
        }

        // false says "none"; it is not an order id.
        return root.TryGetProperty(place[^1], out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && Scalar(root, place[^1]) is { Length: > 0 } text and not "0"
                ? text
                : null;
    }

    private static string? Scalar(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()?.Trim(),
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            }
            : null;
}
