using System.Globalization;
using Microsoft.Extensions.Configuration;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Who is notified, and when: the section <c>Alerts</c>.</summary>
public sealed record AlertSettings
{
    public const string Section = "Alerts";
    public const string DefaultTelegram = "https://api.telegram.org";
    public const string Off = "off";
    public static readonly TimeSpan DefaultSilence = TimeSpan.FromHours(6);
    public static readonly TimeOnly DefaultDaily = new(9, 0);

    /// <summary>Null: no e-mail.</summary>
    public EmailSettings? Email { get; init; }

    /// <summary>Null: no Telegram.</summary>
    public TelegramSettings? Telegram { get; init; }

    /// <summary>Null: no MAX.</summary>
    public MaxSettings? Max { get; init; }

    /// <summary>Without a webhook for longer than this, something is wrong.</summary>
    public TimeSpan Silence { get; init; } = DefaultSilence;

    /// <summary>The console's address, included in every message. Null: no link.</summary>
    public Uri? ConsoleUrl { get; init; }

    /// <summary>When the daily summary is sent, time of day in Moscow; null: never.</summary>
    public TimeOnly? Daily { get; init; } = DefaultDaily;

    /// <summary>Of the messages.</summary>
    public string Language { get; init; } = EmbeddedTexts.Russian;

    /// <param name="configuration">All settings.</param>
    /// <param name="problems">Receives each invalid key and its problem.</param>
    public static AlertSettings Read(IConfiguration configuration, List<string> problems)
    {
        var reader = new SettingsReader(configuration.GetSection(Section), problems);
        return new AlertSettings
        {
            Email = ReadChannel(reader, "Email", EmailSettings.Read),
            Telegram = ReadChannel(reader, "Telegram", TelegramSettings.Read),
            Max = ReadChannel(reader, "Max", MaxSettings.Read),
            Silence = ReadSilence(reader),
            ConsoleUrl = ReadConsole(reader),
            Daily = ReadDaily(reader),
            Language = reader.Choice("Language", EmbeddedTexts.Russian, [.. EmbeddedTexts.Languages.Select(language => (language, language))]),
        };
    }

    /// <summary>Everything that is wrong, each with its key.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        Read(configuration, problems);
        return problems;
    }

    /// <summary>Without the values: some are secrets.</summary>
    public override string ToString() => nameof(AlertSettings);

    /// <summary>A channel is off while none of its settings is set.</summary>
    private static T? ReadChannel<T>(SettingsReader alerts, string name, Func<SettingsReader, T> read)
        where T : class
    {
        var channel = alerts.Section(name);
        return channel.Children().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)) ? read(channel) : null;
    }

    private static TimeSpan ReadSilence(SettingsReader reader)
    {
        if (reader.Text("Silence") is not { } text)
        {
            return DefaultSilence;
        }

        if (DurationText.TryParse(text, out var silence) && silence > TimeSpan.Zero)
        {
            return silence;
        }

        reader.Error("Silence", $"'{text}' is not a duration. Write it as hh:mm:ss or d.hh:mm:ss, for example 06:00:00.");
        return DefaultSilence;
    }

    private static Uri? ReadConsole(SettingsReader reader)
    {
        if (reader.Text("ConsoleUrl") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && address.Query.Length == 0)
        {
            return address;
        }

        reader.Error("ConsoleUrl", "must be an https address without a query, such as https://APP.azurewebsites.net/api/console.");
        return null;
    }

    private static TimeOnly? ReadDaily(SettingsReader reader)
    {
        if (reader.Text("Daily") is not { } text)
        {
            return DefaultDaily;
        }

        if (text == Off)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var daily))
        {
            return daily;
        }

        reader.Error("Daily", $"'{text}' is not a time of day. Write it as 09:00 (Moscow time), or {Off}.");
        return null;
    }
}
