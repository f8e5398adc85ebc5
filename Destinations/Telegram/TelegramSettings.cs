using System.Text.RegularExpressions;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Destinations.Telegram;

/// <summary>The bot, the chat and the text: the section <c>Telegram</c>.</summary>
public sealed partial record TelegramSettings
{
    public const string Section = "Telegram";
    public const string DefaultBaseAddress = "https://api.telegram.org";

    public const string DefaultText = "{client_name|client_surname|'Клиент'} {phone}\nU-ON: {kind} {id}";

    /// <summary>A group takes 20 messages a minute (docs/destinations/telegram.md).</summary>
    public const double DefaultRequestsPerSecond = 0.33;

    /// <summary>A secret: the Bot API requires it in the path.</summary>
    public required string BotToken { get; init; }

    /// <summary>A number, below zero for groups, or <c>@channel</c>.</summary>
    public required string ChatId { get; init; }

    /// <summary>A topic of a forum group; null: none.</summary>
    public required string? Thread { get; init; }

    /// <summary>Plain text: nothing in a record can become markup.</summary>
    public required Template Text { get; init; }

    public required Uri BaseAddress { get; init; }

    /// <summary>The chat's limit, in messages per second across all instances.</summary>
    public required double RequestsPerSecond { get; init; }

    public required DeliveryPolicy Policy { get; init; }

    public static TelegramSettings Read(SettingsReader reader, IReadOnlyCollection<string> fields)
    {
        var names = OrderValues.Names(fields);
        var settings = new TelegramSettings
        {
            BotToken = Matching(reader, "BotToken", reader.Secret("BotToken", "Copy it from @BotFather."), Token(), "is not a bot's token. It is a number, a colon and letters, as @BotFather shows it."),
            ChatId = Matching(
                reader, "ChatId", reader.Required("ChatId", "It is the chat's number, such as -1001234567890, or @channel."), Chat(),
                "is not a chat. Write its number, such as -1001234567890, or @channel."),
            Thread = Matching(reader, "Thread", reader.Text("Thread"), Number(), "is not a topic's number."),
            Text = reader.Template("Text", DefaultText, names) ?? Template.Literal(""),
            BaseAddress = reader.Address("BaseAddress", DefaultBaseAddress),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.01, 1_000),
            // A duplicate message is a nuisance; a missing one is a lost client.
            Policy = reader.Policy(UncertainPolicy.Resend),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(TelegramSettings);

    /// <param name="reader">Collects an error if the value does not match; the error omits the value, which may be a secret.</param>
    /// <param name="key">The setting.</param>
    /// <param name="value">An absent value is no error here.</param>
    /// <param name="pattern">What it must look like.</param>
    /// <param name="remedy">Follows the key.</param>
    private static T Matching<T>(SettingsReader reader, string key, T value, Regex pattern, string remedy)
    {
        if (value is string { Length: > 0 } text && !pattern.IsMatch(text))
        {
            reader.Error(key, remedy);
        }

        return value;
    }

    [GeneratedRegex(@"^\d+:[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"^(-?\d{1,20}|@[A-Za-z0-9_]{4,40})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chat();

    [GeneratedRegex(@"^\d{1,18}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
