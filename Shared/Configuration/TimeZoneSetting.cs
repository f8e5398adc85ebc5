using UonOfferum.Shared.Fields;

namespace UonOfferum.Shared.Configuration;

/// <summary>Reads <c>Uon:TimeZone</c>, for the cabinet's settings and the fields' transforms.</summary>
public static class TimeZoneSetting
{
    public const string Section = "Uon";
    public const string Key = "TimeZone";

    /// <param name="uon">The section; collects an error when this machine does not know the zone.</param>
    public static TimeZoneInfo Read(SettingsReader uon)
    {
        if (uon.Text(Key, PipelineTimeZone.Default) is not { } id)
        {
            return PipelineTimeZone.Fallback;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        if (id != PipelineTimeZone.Default)
        {
            uon.Error(Key, $"'{id}' is not a time zone known to this machine. Use an IANA name such as {PipelineTimeZone.Default}.");
        }

        return PipelineTimeZone.Fallback;
    }
}
