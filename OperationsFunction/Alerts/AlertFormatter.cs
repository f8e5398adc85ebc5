using System.Globalization;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Messages in the operators' language. They contain codes, counts and pipelines; never personal data, an order or a secret.</summary>
internal sealed class AlertFormatter(AlertSettings settings)
{
    private readonly AlertTexts _texts = new(settings.Language);

    public AlertMessage Begun(AlertCause cause) => cause.Kind switch
    {
        AlertKind.Held => Message(_texts.Of("held", ("pipeline", cause.Pipeline), ("system", System(cause.Subject))), cause, _texts.Of("heldText")),
        AlertKind.Failures => Message(_texts.Of("failures", ("pipeline", Name(cause)), ("state", _texts.Or($"state.{cause.Subject}", cause.Subject)), ("count", Count(cause))), cause, null),
        AlertKind.Silence => Message(_texts.Of("silence", ("pipeline", cause.Pipeline)), cause, _texts.Of("silenceText")),
        AlertKind.Invalid => Message(_texts.Of("invalid", ("pipeline", cause.Pipeline)), cause, _texts.Of("invalidText")),
        AlertKind.Moderated => Message(_texts.Of("moderated", ("pipeline", cause.Pipeline), ("system", System(cause.Subject))), cause, _texts.Of("moderatedText")),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.Kind, "Not a kind of alert."),
    };

    public AlertMessage Ended(AlertCause cause) => cause.Kind switch
    {
        AlertKind.Held => Message(_texts.Of("heldEnded", ("pipeline", cause.Pipeline), ("system", System(cause.Subject))), null, _texts.Of("heldEndedText")),
        AlertKind.Silence => Message(_texts.Of("silenceEnded", ("pipeline", cause.Pipeline)), null, null),
        AlertKind.Invalid => Message(_texts.Of("invalidEnded", ("pipeline", cause.Pipeline)), null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.Kind, "This kind of alert has no end message."),
    };

    /// <param name="day">The day that has ended or is in progress, Moscow time.</param>
    /// <param name="pipelines">One line each.</param>
    public AlertMessage Daily(DateOnly day, IEnumerable<DailyLine> pipelines) => new(
        _texts.Of("daily", ("day", day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture))), WithLink(string.Join("\n", pipelines.Select(Line))));

    private string Line(DailyLine line)
    {
        var counts = _texts.Of(
            "dailyLine", ("pipeline", line.Pipeline), ("received", Number(line.Received)), ("delivered", Number(line.Delivered)), ("duplicate", Number(line.Duplicate)),
            ("rejected", Number(line.Rejected)), ("failed", Number(line.Failed)), ("attention", Number(line.Attention)));
        return line.Payouts.Count == 0
            ? counts
            : counts + _texts.Of("dailyPayouts", ("payouts", string.Join(", ", line.Payouts.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value:0.##} {s.Key}").TrimEnd()))));
    }

    private AlertMessage Message(string subject, AlertCause? cause, string? more)
    {
        var lines = new List<string>();
        if (cause?.Code is { } code)
        {
            lines.Add(_texts.Of("cause", ("code", code), ("remedy", _texts.Remedy(code))).TrimEnd());
        }

        if (more is not null)
        {
            lines.Add(more);
        }

        if (cause is not null)
        {
            lines.Add(_texts.Of("since", ("time", MoscowTime.Of(cause.Since).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture))));
        }

        return new AlertMessage(subject, WithLink(string.Join("\n", lines)));
    }

    private string WithLink(string text) => settings.ConsoleUrl is { } url ? $"{text}\n{url}".TrimStart() : text;

    private string Name(AlertCause cause) => cause.Pipeline.Length > 0 ? cause.Pipeline : _texts.Of("queues");

    private string System(string name) => _texts.Or($"system.{name}", Named(name));

    /// <summary>The display name of U-ON or a destination; an unknown one keeps its own name.</summary>
    internal static string Named(string name) => name switch
    {
        "uon" => "U-ON",
        "max" => "MAX",
        "offerum" => "Offerum",
        "telegram" => "Telegram",
        "bitrix" => "Bitrix24",
        "amo" => "amoCRM",
        "http" => "HTTP",
        _ => name,
    };

    private static string Count(AlertCause cause) => $"{Number(cause.Count)}{(cause.Capped ? "+" : "")}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One pipeline's last 24 hours.</summary>
internal sealed record DailyLine(
    string Pipeline, long Received, long Delivered, long Duplicate, long Rejected, long Failed, int Attention, IReadOnlyDictionary<string, decimal> Payouts);
