namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Labels of the secrets for API clients; the page has its own texts.</summary>
internal static class SecretLabels
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        [SecretKeys.Webhook] = "Secret in the webhook's address",
        [SecretKeys.Postback] = "Secret in the postback's address",
        ["Uon:ApiKey"] = "API key of the U-ON cabinet",
        ["Offerum:ApiKey"] = "API key of the Offerum cabinet",
        ["Telegram:BotToken"] = "Token of the Telegram bot",
        ["Bitrix:Webhook"] = "Address of the inbound webhook of Bitrix24",
        ["Amo:Token"] = "Long-lived token of amoCRM",
        ["Amo:ClientSecret"] = "Client secret of the amoCRM integration",
        ["Amo:RefreshToken"] = "Refresh token of the amoCRM integration",
        ["Http:ApiKey"] = "API key of the HTTP destination",
    };

    public static IReadOnlyList<string> Keys { get; } = [.. Labels.Keys];

    public static string Of(string key) => Labels.GetValueOrDefault(key, key);

    /// <summary>Required even while a value is set.</summary>
    public static bool IsAlwaysRequired(string key) =>
        new[] { SecretKeys.Webhook, "Uon:ApiKey", "Offerum:ApiKey", "Telegram:BotToken", "Bitrix:Webhook" }.Contains(key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The two secrets that the app generates itself.</summary>
internal static class SecretKeys
{
    public const string Webhook = "Webhook:Secret";
    public const string Postback = "Postback:Secret";

    public static bool IsWebhook(string key) => key.Equals(Webhook, StringComparison.OrdinalIgnoreCase);

    public static bool IsOwn(string key) => IsWebhook(key) || key.Equals(Postback, StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters and digits, for use in an address.</summary>
    public static string Generate() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(48, lowercase: true);
}
