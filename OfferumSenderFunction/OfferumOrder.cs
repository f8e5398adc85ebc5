using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>One order in Offerum's format: query and form (the source document's "Шаг 2" and "Шаг 3").</summary>
/// <param name="Path">Relative address with the query. It includes the key, so it is never logged.</param>
/// <param name="MaskedPath">The same with the key masked, for display.</param>
/// <param name="Form">The form fields in order.</param>
public sealed record OfferumOrder(string Path, string MaskedPath, IReadOnlyList<KeyValuePair<string, string>> Form)
{
    private const string Endpoint = "webmaster/order/";
    private const string MaskedKey = "***";

    /// <summary>Without the key and personal data.</summary>
    public override string ToString() => nameof(OfferumOrder);

    public static OfferumOrder Of(Operation operation, OfferumSettings settings)
    {
        string? Value(string name) => name == "country" && settings.Region is { } region ? region : OrderValues.Of(operation, name);

        var rest = new List<KeyValuePair<string, string>> { new("flow", settings.Flow) };
        if (settings.Source?.Render(Value) is { Length: > 0 } source)
        {
            rest.Add(new("source", source));
        }

        // Offerum splits subid at ':' into up to five values; a ':' inside a value would shift the rest.
        rest.Add(new("subid", settings.SubId.Render(name => Value(name)?.Replace(':', ' '))));
        var form = settings.Form
            .Select(field => KeyValuePair.Create(field.Key, field.Value.Render(Value)))
            .Where(field => field.Value.Length > 0)
            .ToList();
        var query = string.Concat(rest.Select(p => $"&{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return new OfferumOrder($"{Endpoint}?key={Uri.EscapeDataString(settings.ApiKey)}{query}", $"{Endpoint}?key={MaskedKey}{query}", form);
    }
}
