using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The property of the answer in which the wanted thing stands.</summary>
/// <param name="Name">Such as <c>lead</c>.</param>
/// <param name="IsPage">Many records are wanted, not one.</param>
internal sealed record UonEnvelope(string Name, bool IsPage)
{
    public static readonly UonEnvelope User = new("user", IsPage: false) { IdName = "u_id" };

    /// <summary>The cabinet's webhooks. The list's name is not documented.</summary>
    public static readonly UonEnvelope Hooks = new("webhooks", IsPage: true) { Alias = "webhook" };

    /// <summary>What a write answers: <c>{"result":200,"id":"17"}</c>.</summary>
    public static readonly UonEnvelope Written = new("id", IsPage: false) { IsWrite = true };

    /// <summary>Another name under which the thing may stand.</summary>
    public string? Alias { get; private init; }

    /// <summary>Nothing is asked for: something was written.</summary>
    public bool IsWrite { get; private init; }

    /// <summary>The number that was asked for; null: any.</summary>
    public long? Id { get; init; }

    /// <summary>Where the thing itself tells its number.</summary>
    private string IdName { get; init; } = "id";

    public static UonEnvelope Of(RecordKind kind) => new(Known(kind), IsPage: false);

    public static UonEnvelope PageOf(RecordKind kind) => new(Known(kind) + "s", IsPage: true);

    /// <summary>Whether it names another number than the one asked for. One that names none is believed.</summary>
    public bool IsOther(JsonElement found) =>
        Id is { } asked
        && found.TryGetProperty(IdName, out var value)
        && long.TryParse(JsonScalar.Text(value)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id > 0 && id != asked;

    /// <summary>What stands in the answer under the name, or its alias.</summary>
    public JsonElement? ContentOf(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? null
        : root.TryGetProperty(Name, out var content) || (Alias is not null && root.TryGetProperty(Alias, out content)) ? content
        : null;

    private static string Known(RecordKind kind) => kind is RecordKind.Lead or RecordKind.Request
        ? kind.Name()
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "U-ON is asked for a lead or for a request.");
}
