namespace UonOfferum.Shared.Pipelines;

/// <summary>The zone of U-ON's dates: <c>Uon:TimeZone</c>. The cabinet's settings and every <c>date:…</c> transform read it.</summary>
public static class PipelineZone
{
    public const string Section = "Uon";
    public const string Key = "TimeZone";
    public const string Default = "Europe/Moscow";

    /// <summary>Small containers come without the zone database; the default has to work there too, and Moscow has no summer time.</summary>
    public static readonly TimeZoneInfo Fallback =
        TimeZoneInfo.TryFindSystemTimeZoneById(Default, out var moscow)
            ? moscow
            : TimeZoneInfo.CreateCustomTimeZone(Default, TimeSpan.FromHours(3), Default, Default);

    /// <param name="uon">The section; told when this machine does not know the zone.</param>
    public static TimeZoneInfo Read(SettingsReader uon)
    {
        if (uon.Text(Key, Default) is not { } id)
        {
            return Fallback;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        if (id != Default)
        {
            uon.Error(Key, $"'{id}' is not a time zone this machine knows. Write an IANA name such as {Default}.");
        }

        return Fallback;
    }
}
