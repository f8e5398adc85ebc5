using System.Globalization;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>The cabinet a pipeline reads from: the section <c>Uon</c>.</summary>
public sealed record UonSettings : IRecordLink, ICabinetSettings
{
    public const string Section = "Uon";
    public const string DefaultBaseAddress = "https://api.u-on.ru";
    public const string DefaultEvents = "1,2";
    public const string DefaultWaitFor = "00:00:05,00:00:30,00:02:00,00:10:00";
    public const string DefaultRetry = "00:00:05,00:00:30,00:02:00,00:10:00,01:00:00,03:00:00";
    public const double DefaultRequestsPerSecond = 8;
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(30);
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A secret: U-ON requires it in the path.</summary>
    public required string ApiKey { get; init; }

    public required Uri BaseAddress { get; init; }

    /// <summary>Only this kind; <see cref="RecordKind.Auto"/>: both.</summary>
    public required RecordKind Record { get; init; }

    /// <summary>Accepted event types; a webhook without one is always accepted.</summary>
    public required IReadOnlySet<int> Events { get; init; }

    /// <summary>If set, a webhook's <c>uon_id</c> must match.</summary>
    public required string? CabinetId { get; init; }

    /// <summary>Address of a record's page in the cabinet, with <c>{kind}</c> and <c>{id}</c> to fill in; null: no link is shown.</summary>
    public string? RecordUrl { get; init; }

    /// <summary>U-ON's dates have no offset; they are read in this zone.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Older records are not sold.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Requests per second across all instances; U-ON allows ten per key.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>The timeout of one HTTP call.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Delays while the record, or any phone for it, does not exist yet.</summary>
    public required IReadOnlyList<TimeSpan> WaitFor { get; init; }

    /// <summary>Delays after a transient failure.</summary>
    public required IReadOnlyList<TimeSpan> Retry { get; init; }

    /// <summary>The outcomes that are written to U-ON.</summary>
    public WriteBackSettings WriteBack { get; init; } = WriteBackSettings.Off;

    public Cabinet Cabinet => new(BaseAddress.Authority, CabinetId, ApiKey);

    /// <param name="reader">The section; collects every error.</param>
    public static UonSettings Read(SettingsReader reader)
    {
        var settings = new UonSettings
        {
            ApiKey = reader.Required("ApiKey", "Copy it from the U-ON cabinet: Integration, API / WebHooks."),
            BaseAddress = reader.Address("BaseAddress", DefaultBaseAddress),
            Record = reader.Choice("Record", RecordKind.Auto, ("auto", RecordKind.Auto), ("lead", RecordKind.Lead), ("request", RecordKind.Request)),
            Events = ReadEvents(reader),
            CabinetId = reader.Text("CabinetId"),
            RecordUrl = ReadRecordUrl(reader),
            TimeZone = TimeZoneSetting.Read(reader),
            MaxAge = reader.Duration("MaxAge", DefaultMaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
            RequestsPerSecond = reader.Number("RequestsPerSecond", DefaultRequestsPerSecond, 0.1, 100_000),
            Timeout = reader.Duration("Timeout", DefaultTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            WaitFor = reader.Durations("WaitFor", DefaultWaitFor, TimeSpan.FromDays(1)),
            Retry = reader.Durations("Retry", DefaultRetry, TimeSpan.FromDays(1)),
            WriteBack = WriteBackSettings.Read(reader.Section("WriteBack")),
        };
        reader.RefuseUnknownKeys();
        return settings;
    }

    public string? LinkTo(RecordKind kind, long id) => RecordUrl?
        .Replace("{kind}", kind.Name(), StringComparison.Ordinal)
        .Replace("{id}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Without the values: one of them is a secret.</summary>
    public override string ToString() => nameof(UonSettings);

    private static HashSet<int> ReadEvents(SettingsReader reader)
    {
        var events = new HashSet<int>();
        foreach (var text in reader.List("Events", DefaultEvents))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                reader.Error("Events", $"'{text}' is not an event type. Write U-ON's numbers (type_id) as a comma-separated list such as {DefaultEvents}.");
            }
            else if (UonEvents.SubjectOf(number) == UonEventSubject.NotARecord)
            {
                reader.Error("Events", $"{text} is a client event without a lead or request to sell. Remove it.");
            }
            else
            {
                events.Add(number);
            }
        }

        return events;
    }

    private static string? ReadRecordUrl(SettingsReader reader)
    {
        if (reader.Text("RecordUrl") is not { } text)
        {
            return null;
        }

        // It becomes a link that people click, so it must be a web address.
        if (text.Contains("{id}", StringComparison.Ordinal)
            && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
        {
            return text;
        }

        reader.Error("RecordUrl", "must be an https address with {id} in it, as the cabinet shows it for an open record; {kind} is replaced by lead or request.");
        return null;
    }
}
