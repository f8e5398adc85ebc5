using System.Globalization;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;

namespace UonOfferum.Destinations.Max;

/// <summary>The bot, the recipient and the text: the section <c>Max</c>.</summary>
public sealed record MaxSettings
{
    public const string Section = "Max";

    /// <summary>The API's host since 19 July 2026.</summary>
    public const string DefaultBaseAddress = "https://platform-api2.max.ru";

    public const string DefaultText = "{client_name|client_surname|'Клиент'} {phone}\nU-ON: {kind} {id}";

    /// <summary>Half of one chat's limit of two a second (docs/destinations/max.md).</summary>
    public const double DefaultRequestsPerSecond = 1;

    /// <summary>A secret.</summary>
    public required string Token { get; init; }

    /// <summary>A chat's number; null: the recipient is <see cref="UserId"/>.</summary>
    public required long? ChatId { get; init; }

    public required long? UserId { get; init; }

    /// <summary>Plain text: nothing in a record can become markup.</summary>
    public required Template Text { get; init; }

    public required Uri BaseAddress { get; init; }

    /// <summary>Trusted for this client alone; null: what the machine trusts.</summary>
    public required TrustedRoots? Roots { get; init; }

    /// <summary>Messages a second of all instances together.</summary>
    public required double RequestsPerSecond { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    /// <summary>As the API's query names it.</summary>
    public string Recipient => ChatId is { } chat
        ? string.Create(CultureInfo.InvariantCulture, $"chat_id={chat}")
        : string.Create(CultureInfo.InvariantCulture, $"user_id={UserId}");

    public static MaxSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var settings = new MaxSettings
        {
            Token = reader.Secret("Token", "Copy it from the bot's page for business partners, section Chat bots, Integration."),
            ChatId = Number(reader, "ChatId"),
            UserId = Number(reader, "UserId"),
            Text = reader.Template("Text", DefaultText, OrderValues.Names(fields)) ?? Template.Literal(""),
            BaseAddress = reader.Address("BaseAddress", DefaultBaseAddress),
            Roots = ReadRoots(reader),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.01, 1_000),
            // A duplicate message is a nuisance; a missing one is a lost client.
            Policy = reader.Policy(UncertainPolicy.Resend),
        };
        if (reader.Text("ChatId") is null == reader.Text("UserId") is null)
        {
            reader.Error("ChatId", "or UserId: set exactly one of them, the number of the chat or user to write to.");
        }

        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(MaxSettings);

    private static long? Number(SettingsReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        reader.Error(key, "is not a number. MAX identifies chats and users by whole numbers; a chat's number may be negative.");
        return null;
    }

    private static TrustedRoots? ReadRoots(SettingsReader reader)
    {
        if (reader.Text("RootCertificate") is not { } pem)
        {
            return null;
        }

        var roots = TrustedRoots.TryRead(pem);
        if (roots is null)
        {
            reader.Error("RootCertificate", TrustedRoots.Remedy);
        }

        return roots;
    }
}
