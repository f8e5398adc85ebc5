using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The section <c>Alerts:Telegram</c>.</summary>
/// <param name="Token">The bot's; a secret, and part of each call's address.</param>
/// <param name="Chats">Numbers of chats, or names of channels with their @.</param>
/// <param name="BaseAddress">Of the Bot API.</param>
public sealed record TelegramSettings(string Token, IReadOnlyList<string> Chats, Uri BaseAddress)
{
    internal static TelegramSettings Read(SettingsReader reader)
    {
        var (token, chats) = (reader.Required("Token", "Get one from @BotFather."), reader.List("Chat"));
        if (chats.Count == 0)
        {
            reader.Error("Chat", "is missing. Name one or more chats, separated by commas.");
        }

        return new TelegramSettings(token, chats, reader.Address("BaseAddress", AlertSettings.DefaultTelegram));
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TelegramSettings);
}
