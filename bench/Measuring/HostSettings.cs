namespace UonOfferum.Bench.Measuring;

/// <summary>How the app runs when it is measured: locks, polling and limits as deployed, and nothing on the console but failures.</summary>
internal static class HostSettings
{
    public static readonly IReadOnlyList<(string Key, string Value)> Measured =
    [
        ("LocalHost:MessageLock", "00:10:00"),
        ("AzureFunctionsJobHost:logging:logLevel:default", "Warning"),
    ];

    /// <summary>The jobs are off where each request has to be a lead's.</summary>
    public static IEnumerable<(string Key, string Value)> WithoutTimers => Without("RunJobs");

    public static IEnumerable<(string Key, string Value)> Without(params IEnumerable<string> functions) =>
        functions.Select(name => ($"AzureWebJobs:{name}:Disabled", "true"));
}
