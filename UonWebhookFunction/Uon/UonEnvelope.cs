using UonOfferum.Shared.Records;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The property of the answer in which the wanted thing stands.</summary>
/// <param name="Name">Such as <c>lead</c>.</param>
/// <param name="IsPage">Many records are wanted, not one.</param>
internal sealed record UonEnvelope(string Name, bool IsPage)
{
    public static readonly UonEnvelope User = new("user", IsPage: false);

    public static UonEnvelope Of(RecordKind kind) => new(Known(kind), IsPage: false);

    public static UonEnvelope PageOf(RecordKind kind) => new(Known(kind) + "s", IsPage: true);

    private static string Known(RecordKind kind) => kind is RecordKind.Lead or RecordKind.Request
        ? kind.Name()
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "U-ON is asked for a lead or for a request.");
}
