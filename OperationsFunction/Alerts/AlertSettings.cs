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
    /// <param name="problem">Receives each invalid key and its problem.</param>
    public static AlertSettings Read(IConfiguration configuration, Action<string> problem)
    {
        var section = configuration.GetSection(Section);
        return new AlertSettings
        {
            Email = EmailSettings.Read(section.GetSection("Email"), problem),
            Telegram = TelegramSettings.Read(section.GetSection("Telegram"), problem),
            Max = MaxSettings.Read(section.GetSection("Max"), problem),
            Silence = ReadSilence(section, problem),
            ConsoleUrl = ReadConsole(section, problem),
            Daily = ReadDaily(section, problem),
            Language = ReadLanguage(section, problem),
        };
    }

    /// <summary>Everything that is wrong, each with its key.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        Read(configuration, problems.Add);
        return problems;
    }

    /// <summary>Without the values: some are secrets.</summary>
    public override string ToString() => nameof(AlertSettings);

    internal static IReadOnlyList<string> List(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static TimeSpan ReadSilence(IConfigurationSection section, Action<string> problem)
    {
        if (section["Silence"] is not { Length: > 0 } text)
        {
            return DefaultSilence;
        }

        if (DurationText.TryParse(text, out var silence) && silence > TimeSpan.Zero)
        {
            return silence;
        }

        problem($"{Section}:Silence: '{text}' is not a duration. Write it as hh:mm:ss or d.hh:mm:ss, for example 06:00:00.");
        return DefaultSilence;
    }

    private static Uri? ReadConsole(IConfigurationSection section, Action<string> problem)
    {
        if (section["ConsoleUrl"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && address.Query.Length == 0)
        {
            return address;
        }

        problem($"{Section}:ConsoleUrl: must be an https address without a query, such as https://APP.azurewebsites.net/api/console.");
        return null;
    }

    private static string ReadLanguage(IConfigurationSection section, Action<string> problem)
    {
        if (section["Language"] is not { Length: > 0 } text)
        {
            return EmbeddedTexts.Russian;
        }

        if (EmbeddedTexts.Languages.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } language)
        {
            return language;
        }

        problem($"{Section}:Language: '{text}' is not a language for alerts. Use {string.Join(" or ", EmbeddedTexts.Languages)}.");
        return EmbeddedTexts.Russian;
    }

    private static TimeOnly? ReadDaily(IConfigurationSection section, Action<string> problem)
    {
        if (section["Daily"] is not { Length: > 0 } text)
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

        problem($"{Section}:Daily: '{text}' is not a time of day. Write it as 09:00 (Moscow time), or {Off}.");
        return null;
    }
}
