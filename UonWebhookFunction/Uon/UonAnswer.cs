using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The parsed body of a reply, before it is interpreted.</summary>
internal sealed record UonAnswer
{
    /// <summary>Texts that indicate a rejected key; U-ON does not document its own.</summary>
    private static readonly string[] KeyWords =
        ["api key", "api-key", "invalid key", "wrong key", "bad key", "key not found", "access denied", "forbidden", "unauthorized", "not authorized", "ключ", "доступ запрещ"];

    /// <summary>Null when the body is not JSON.</summary>
    public JsonElement? Json { get; private init; }

    public bool IsEmpty { get; private init; }

    /// <summary>HTML: a maintenance page, a login, a provider's notice.</summary>
    public bool IsPage { get; private init; }

    /// <summary><c>result</c>: U-ON's own status within the body.</summary>
    public int? Result { get; private init; }

    /// <summary>The text of <c>{"error":{"message":…}}</c> or <c>{"message":…}</c>, without a full stop.</summary>
    public string? Message { get; private init; }

    public bool SaysInactive => Says("API is not active");

    public bool SaysWrongQuestion => Says("No route found") || (Says("Parameter") && Says("is wrong"));

    public bool IsAboutTheKey => KeyWords.Any(Says);

    public static UonAnswer Of(string? contentType, ReadOnlyMemory<byte> body)
    {
        var isJson = LenientJson.TryParse(body, out var root);
        return new UonAnswer
        {
            Json = isJson ? root : null,
            IsEmpty = body.Span.Trim(" \t\r\n"u8).IsEmpty,
            IsPage = !isJson && (contentType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true || body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8)),
            Result = isJson && int.TryParse(Text(root, "result"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var result) ? result : null,
            Message = isJson ? MessageOf(root) : null,
        };
    }

    private static string? MessageOf(JsonElement root) =>
        Text(root.Property("error"), "message") ?? Text(root, "error") ?? Text(root, "message");

    private static string? Text(JsonElement from, string name) =>
        from.Property(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value
        && JsonScalar.Text(value)?.Trim().TrimEnd('.') is { Length: > 0 } text
            ? text
            : null;

    private bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
