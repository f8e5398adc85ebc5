namespace UonOfferum.Testing;

/// <summary>
/// How long a broken test takes. A passing one never waits for these times to end, so they are long: on a machine that is busy with other
/// work everything takes ten times as long as here.
/// </summary>
public static class TestTimeouts
{
    /// <summary>For what must happen.</summary>
    public static readonly TimeSpan Operation = TimeSpan.FromMinutes(5);

    /// <summary>For a whole test that kills processes, in milliseconds.</summary>
    public const int WholeTest = 1_800_000;
}
