using System.Globalization;
using Microsoft.Extensions.Configuration;
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

    internal static MaxSettings? Read(IConfigurationSection section, Action<string> problem)
    {
        if (!section.GetChildren().Any(c => c.Value is { Length: > 0 }))
        {
            return null;
        }

        var token = section["Token"] ?? "";
        if (token.Length == 0)
        {
            problem($"{section.Path}:Token: is missing. The bot's page for business partners shows it.");
        }

        string[] recipients = [.. Numbers(section, "Chat", "chat_id", problem), .. Numbers(section, "User", "user_id", problem)];
        if (recipients.Length == 0)
        {
            problem($"{section.Path}:Chat: is missing, and so is User. Give the number of one or more chats or users, separated by commas.");
        }

        var text = section["BaseAddress"] is { Length: > 0 } set ? set : DefaultBaseAddress;
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            problem($"{section.Path}:BaseAddress: must be an https address (http only for this machine).");
            address = new Uri(DefaultBaseAddress);
        }

        TrustedRoots? roots = null;
        if (section["RootCertificate"]?.Trim() is { Length: > 0 } pem && (roots = TrustedRoots.TryRead(pem)) is null)
        {
            problem($"{section.Path}:RootCertificate: {TrustedRoots.Remedy}");
        }

        return new MaxSettings(token, recipients, address, roots);
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(MaxSettings);

    private static IEnumerable<string> Numbers(IConfigurationSection section, string key, string name, Action<string> problem)
    {
        foreach (var text in AlertSettings.List(section[key]))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}={number}");
            }
            else
            {
                problem($"{section.Path}:{key}: '{text}' is not a number. MAX identifies chats and users by whole numbers.");
            }
        }
    }
}
