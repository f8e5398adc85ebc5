namespace UonOfferum.OperationsFunction.Dashboard;

/// <summary>A range of whole steps that ends with the current one.</summary>
/// <param name="Name">As requested.</param>
/// <param name="Step"><c>hour</c> or <c>day</c>.</param>
/// <param name="Count">How many steps.</param>
public sealed record OverviewRange(string Name, string Step, int Count)
{
    private static readonly OverviewRange[] All = [new("24h", "hour", 24), new("7d", "day", 7), new("30d", "day", 30)];

    public TimeSpan Length => Step == "hour" ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    /// <summary>Null when there is no such range; "" is the first.</summary>
    public static OverviewRange? Find(string name) => name.Length == 0 ? All[0] : Array.Find(All, r => r.Name == name);

    /// <summary>Start times of the steps, the oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Steps(DateTimeOffset now)
    {
        var last = new DateTimeOffset(now.UtcTicks - now.UtcTicks % Length.Ticks, TimeSpan.Zero);
        return [.. Enumerable.Range(0, Count).Select(i => last - (Count - 1 - i) * Length)];
    }
}
