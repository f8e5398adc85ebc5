namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>The operators' clock: three hours ahead of UTC, without summer time, on machines without a zone database too.</summary>
internal static class MoscowTime
{
    public static DateTimeOffset Of(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(3));
}
