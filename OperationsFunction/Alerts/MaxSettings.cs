using System.Globalization;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The section <c>Alerts:Max</c>.</summary>
/// <param name="Token">The bot's; a secret.</param>
/// <param name="Recipients">Chats and users as the API's query names them.</param>
/// <param name="BaseAddress">Of the bot API.</param>
/// <param name="Roots">Trusted for this client alone; null: what the machine trusts.</param>
public sealed record MaxSettings(string Token, IReadOnlyList<string> Recipients, Uri BaseAddress, TrustedRoots? Roots)
{
    public const string DefaultBaseAddress = "https://platform-api2.max.ru";

    internal static MaxSettings Read(SettingsReader reader)
    {
        var token = reader.Required("Token", "The bot's page for business partners shows it.");
        string[] recipients = [.. Numbers(reader, "Chat", "chat_id"), .. Numbers(reader, "User", "user_id")];
        if (recipients.Length == 0)
        {
            reader.Error("Chat", "is missing, and so is User. Give the number of one or more chats or users, separated by commas.");
        }

        TrustedRoots? roots = null;
        if (reader.Text("RootCertificate") is { } pem && (roots = TrustedRoots.TryRead(pem)) is null)
        {
            reader.Error("RootCertificate", TrustedRoots.Remedy);
        }

        return new MaxSettings(token, recipients, reader.Address("BaseAddress", DefaultBaseAddress), roots);
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(MaxSettings);

    private static IEnumerable<string> Numbers(SettingsReader reader, string key, string name)
    {
        foreach (var text in reader.List(key))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}={number}");
            }
            else
            {
                reader.Error(key, $"'{text}' is not a number. MAX identifies chats and users by whole numbers.");
            }
        }
    }
}
