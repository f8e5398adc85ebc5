namespace UonOfferum.Tests.Browser;

/// <summary>
/// The longest time for a call that the settings allow. A busy machine can pause for more than the usual ten seconds, and an order without an
/// answer takes another way through the app than the one that the test shows.
/// </summary>
internal static class LongCalls
{
    private const string Longest = "00:01:00";

    public static (string Key, string? Value)[] Of(string pipeline) =>
        [($"Pipelines:{pipeline}:Uon:Timeout", Longest), ($"Pipelines:{pipeline}:Offerum:Timeout", Longest)];
}
