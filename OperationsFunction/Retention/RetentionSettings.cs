using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>How long the journal keeps personal data.</summary>
/// <param name="PersonalData">Since the webhook; zero: forever. Less than a day: removed within five minutes of the final state.</param>
public sealed record RetentionSettings(TimeSpan PersonalData)
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(90);

    /// <summary>With a retention below one day, data must be removed within five minutes of the final state.</summary>
    public JobSchedule Schedule =>
        PersonalData > TimeSpan.Zero && PersonalData < TimeSpan.FromDays(1) ? JobSchedule.Minutes(4) : JobSchedule.Minutes(60, offset: 40);

    public static RetentionSettings Read(IConfiguration configuration) => Read(configuration, []);

    /// <summary>The setting's problems, each with the remedy.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        Read(configuration, problems);
        return problems;
    }

    private static RetentionSettings Read(IConfiguration configuration, List<string> problems)
    {
        var reader = new SettingsReader(configuration.GetSection("Retention"), problems);
        if (reader.Text(nameof(PersonalData)) is not { } text)
        {
            return new(Default);
        }

        if (DurationText.TryParse(text, out var length) && length >= TimeSpan.Zero)
        {
            return new(length);
        }

        reader.Error(nameof(PersonalData), $"'{text}' is not a duration. Write days as 90.00:00:00, hours as 06:00:00 (24 hours are 1.00:00:00); 0 keeps personal data indefinitely.");
        return new(Default);
    }
}
