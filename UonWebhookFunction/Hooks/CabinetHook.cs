using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Hooks;

/// <summary>One webhook as U-ON lists it.</summary>
/// <param name="Id">Its number in the cabinet.</param>
/// <param name="TypeId">The event.</param>
/// <param name="Url">The address it calls; a secret.</param>
/// <param name="Method">As in the cabinet; GET by default.</param>
internal sealed record CabinetHook(long Id, int TypeId, string Url, string Method)
{
    public bool IsPost => Method.Equals("POST", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the row is not a webhook.</summary>
    public static CabinetHook? Read(JsonElement row) =>
        long.TryParse(Text(row, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(Text(row, "type_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var type)
        && Text(row, "url") is { } url
            ? new CabinetHook(id, type, url, Text(row, "method") ?? "GET")
            : null;

    /// <summary>Without the address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"webhook {Id} of event {TypeId}");

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && JsonScalar.Text(value)?.Trim() is { Length: > 0 } text ? text : null;
}
