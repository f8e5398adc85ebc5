using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>How long the journal keeps personal data.</summary>
/// <param name="PersonalData">Since the webhook; zero: forever. Less than a day: removed within five minutes of the final state.</param>
public sealed record RetentionSettings(TimeSpan PersonalData)
{
    public const string Setting = "Retention:PersonalData";

    private static readonly TimeSpan Default = TimeSpan.FromDays(90);

    /// <summary>With a retention below one day, data must be removed within five minutes of the final state.</summary>
    public JobSchedule Schedule =>
        PersonalData > TimeSpan.Zero && PersonalData < TimeSpan.FromDays(1) ? JobSchedule.Minutes(4) : JobSchedule.Minutes(60, offset: 40);

    public static RetentionSettings Read(IConfiguration configuration) =>
        new(TryRead(configuration[Setting], out var length) ? length : Default);

    /// <summary>The setting's problems, each with the remedy.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (!TryRead(configuration[Setting], out _))
        {
            yield return $"{Setting}: is not a duration. Write days as 90.00:00:00, hours as 06:00:00 (24 hours are 1.00:00:00); 0 keeps personal data indefinitely";
        }
    }

    private static bool TryRead(string? text, out TimeSpan length)
    {
        length = Default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        return DurationText.TryParse(text.Trim(), out length) && length >= TimeSpan.Zero;
    }
}
