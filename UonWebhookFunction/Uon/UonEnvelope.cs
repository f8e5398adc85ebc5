using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The property of the reply that contains the requested item.</summary>
/// <param name="Name">Such as <c>lead</c>.</param>
/// <param name="IsPage">A page of records is requested, not one record.</param>
internal sealed record UonEnvelope(string Name, bool IsPage)
{
    public static readonly UonEnvelope User = new("user", IsPage: false) { IdName = "u_id" };

    /// <summary>The cabinet's webhooks. The list's name is not documented.</summary>
    public static readonly UonEnvelope Hooks = new("webhooks", IsPage: true) { Alias = "webhook" };

    /// <summary>The reply to a write: <c>{"result":200,"id":"17"}</c>.</summary>
    public static readonly UonEnvelope Written = new("id", IsPage: false) { IsWrite = true };

    /// <summary>An alternative name of the property.</summary>
    public string? Alias { get; private init; }

    /// <summary>Whether this is the reply to a write.</summary>
    public bool IsWrite { get; private init; }

    /// <summary>The requested number; null: any.</summary>
    public long? Id { get; init; }

    /// <summary>The item's own id property.</summary>
    private string IdName { get; init; } = "id";

    public static UonEnvelope Of(RecordKind kind) => new(Known(kind), IsPage: false);

    public static UonEnvelope PageOf(RecordKind kind) => new(Known(kind) + "s", IsPage: true);

    /// <summary>Whether the item has a different number than the requested one. An item without a number is accepted.</summary>
    public bool IsOther(JsonElement found) =>
        Id is { } asked
        && found.TryGetProperty(IdName, out var value)
        && long.TryParse(JsonScalar.Text(value)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id > 0 && id != asked;

    /// <summary>The content under the name or its alias.</summary>
    public JsonElement? ContentOf(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? null
        : root.TryGetProperty(Name, out var content) || (Alias is not null && root.TryGetProperty(Alias, out content)) ? content
        : null;

    private static string Known(RecordKind kind) => kind is RecordKind.Lead or RecordKind.Request
        ? kind.Name()
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "U-ON is asked for a lead or for a request.");
}
