namespace UonOfferum.Shared.Fields;

/// <summary>The zone of U-ON's dates: <c>Uon:TimeZone</c>. Every <c>date:…</c> transform reads it.</summary>
public static class PipelineTimeZone
{
    public const string Default = "Europe/Moscow";

    /// <summary>Small containers have no zone database, but the default must work there too; Moscow has no summer time.</summary>
    public static readonly TimeZoneInfo Fallback =
        TimeZoneInfo.TryFindSystemTimeZoneById(Default, out var moscow)
            ? moscow
            : TimeZoneInfo.CreateCustomTimeZone(Default, TimeSpan.FromHours(3), Default, Default);
}
