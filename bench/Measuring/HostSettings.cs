namespace UonOfferum.Bench.Measuring;

/// <summary>How the app runs when it is measured: locks, polling and limits as deployed, and nothing on the console but trouble.</summary>
internal static class HostSettings
{
    /// <summary>Functions that run by the clock; off where each request has to be a lead's.</summary>
    private static readonly string[] Timers = ["SweepOverdue", "ReconcileRecords", "ReleaseHeld", "RunReplays"];

    public static readonly IReadOnlyList<(string Key, string Value)> Measured =
    [
        ("LocalHost:MessageLock", "00:10:00"),
        ("AzureFunctionsJobHost:logging:logLevel:default", "Warning"),
    ];

    public static IEnumerable<(string Key, string Value)> WithoutTimers => Without(Timers);

    public static IEnumerable<(string Key, string Value)> Without(params IEnumerable<string> functions) =>
        functions.Select(name => ($"AzureWebJobs:{name}:Disabled", "true"));
}
