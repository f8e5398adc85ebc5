namespace UonOfferum.Shared.Fields;

/// <summary>
/// The fields every pipeline reads unless its settings say otherwise: the 16 of the source document, the client's, and the two that
/// an order needs.
/// </summary>
public static class FieldDefaults
{
    private static readonly string[] Plain =
    [
        "id", "dat_lead", "dat", "dat_close", "status_id", "status", "office_id", "office_name", "travel_type_id", "travel_type",
        "manager_id", "manager_surname", "manager_sname", "manager_name", "source_id", "source",
        "client_id", "client_surname", "client_name", "client_sname", "client_phone", "client_phone_mobile", "client_email",
    ];

    /// <summary>The fields' names in the order in which they are read.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Plain, "phone", "name"];

    /// <summary>The path of each field, by name.</summary>
    public static IReadOnlyDictionary<string, string> Paths { get; } = Names.ToDictionary(name => name, PathOf, StringComparer.Ordinal);

    private static string PathOf(string name) => name switch
    {
        // U-ON spells it both ways.
        "dat_close" => FirstOf("dat_close", "date_close"),
        "phone" => FirstOf("client_phone_mobile", "client_phone"),
        "name" => FirstOf("client_name", "client_surname"),
        _ => FirstOf(name),
    };

    private static string FirstOf(params string[] names) => string.Join('|', names.Select(n => $"[\"record\"][0][\"{n}\"]"));
}
