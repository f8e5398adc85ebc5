using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Http;

/// <summary>One record as the request that the settings describe.</summary>
/// <param name="Address">The full address; may hold the key.</param>
/// <param name="Headers">May hold the key.</param>
/// <param name="ContentType">Null: no body.</param>
/// <param name="Body">Form or JSON.</param>
/// <param name="Shown">The body for display: the form's fields, or the JSON under one name.</param>
public sealed record HttpOrder(
    Uri Address,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string? ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<KeyValuePair<string, string>> Shown)
{
    /// <summary>Without the key and personal data.</summary>
    public override string ToString() => nameof(HttpOrder);

    public static HttpOrder Of(Operation operation, HttpSettings settings, string apiKey)
    {
        string? Value(string name) => name == HttpSettings.ApiKeyName ? apiKey : OrderValues.Of(operation, name);

        var address = settings.Url.Render(Value, Uri.EscapeDataString);
        var headers = settings.Headers
            .Select(h => KeyValuePair.Create(h.Key, h.Value.Render(Value, OneLine)))
            .Where(h => h.Value.Length > 0)
            .ToList();
        if (settings.Json is { } json)
        {
            var body = json.Render(Value);
            return new HttpOrder(new Uri(address), headers, OrderJson.ContentType, OrderJson.Encode(body), [new("json", OrderJson.Text(body))]);
        }

        var form = settings.Form.Select(f => KeyValuePair.Create(f.Key, f.Value.Render(Value))).Where(f => f.Value.Length > 0).ToList();
        return settings.Method == HttpMethod.Get
            ? new HttpOrder(WithQuery(address, form), headers, null, default, form)
            : new HttpOrder(new Uri(address), headers, OrderForm.ContentType, OrderForm.Encode(form), form);
    }

    private static Uri WithQuery(string address, IEnumerable<KeyValuePair<string, string>> form)
    {
        var query = string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        return new Uri(address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query);
    }

    /// <summary>A line break in a header value would start another header.</summary>
    private static string OneLine(string value) => string.Concat(value.Where(c => !char.IsControl(c)));
}
