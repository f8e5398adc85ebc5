using Microsoft.Extensions.Configuration;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The section <c>Alerts:Telegram</c>.</summary>
/// <param name="Token">The bot's; a secret, and part of each call's address.</param>
/// <param name="Chats">Numbers of chats, or names of channels with their @.</param>
/// <param name="BaseAddress">Of the Bot API.</param>
public sealed record TelegramSettings(string Token, IReadOnlyList<string> Chats, Uri BaseAddress)
{
    internal static TelegramSettings? Read(IConfigurationSection section, Action<string> problem)
    {
        if (!section.GetChildren().Any(c => c.Value is { Length: > 0 }))
        {
            return null;
        }

        var (token, chats) = (section["Token"] ?? "", AlertSettings.List(section["Chat"]));
        if (token.Length == 0)
        {
            problem($"{section.Path}:Token: is missing. Get one from @BotFather.");
        }

        if (chats.Count == 0)
        {
            problem($"{section.Path}:Chat: is missing. Name one or more chats, separated by commas.");
        }

        var text = section["BaseAddress"] is { Length: > 0 } set ? set : AlertSettings.DefaultTelegram;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            problem($"{section.Path}:BaseAddress: must be an https address (http only for this machine).");
            address = new Uri(AlertSettings.DefaultTelegram);
        }

        return new TelegramSettings(token, chats, address);
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TelegramSettings);
}
