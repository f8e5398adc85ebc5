namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>The real time, a while later: what the app does after a long night is seen at once.</summary>
internal sealed class LaterTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
