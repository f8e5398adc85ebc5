using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Jobs;

/// <summary>Which jobs the settings remove from the schedule: <c>Jobs:{name}:Disabled</c>.</summary>
internal static class JobSwitches
{
    private const string Section = "Jobs";
    private const string Key = "Disabled";

    /// <summary>A value that is no switch stops the start, so it counts as absent here.</summary>
    public static bool IsDisabled(IConfiguration configuration, string job) => SwitchText.TryParse(configuration[$"{Section}:{job}:{Key}"], out var on) && on;

    /// <summary>The switches that cannot be read, each with the remedy.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration) =>
        from job in configuration.GetSection(Section).GetChildren()
        where !SwitchText.TryParse(job[Key], out _)
        select $"{job.Path}:{Key}: '{job[Key]}' is neither true nor false. Set true to remove the job from the schedule, false or nothing to keep it.";
}
