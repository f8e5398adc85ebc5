namespace UonOfferum.Tests.Pipeline;

/// <summary>A clock that stands still unless it is set.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
