using System.Globalization;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>The names that order templates may use in addition to the configured fields, and their values.</summary>
public static class OrderValues
{
    private static readonly string[] Computed = ["pipeline", "kind", "id", "phone", "country", "order_time"];

    /// <summary>Every name a template may use.</summary>
    public static IReadOnlySet<string> Names(IReadOnlyCollection<string> fields, params IEnumerable<string> own) =>
        fields.Concat(Computed).Concat(own).ToHashSet(StringComparer.Ordinal);

    /// <summary>The value of a name; null where the operation has none.</summary>
    public static string? Of(Operation operation, string name) => name switch
    {
        "pipeline" => operation.Id.Pipeline,
        "kind" => operation.Id.Kind.Name(),
        "id" => operation.Id.RecordId.ToString(CultureInfo.InvariantCulture),
        // An operator may have corrected the phone since it was read, so derive the country from the number.
        "country" => PhoneNumber.TryRead(operation.Fields[PhoneIndex.PhoneField], "RU", out var phone) ? phone.Country : operation.Fields["country"],
        _ => operation.Fields[name],
    };
}
