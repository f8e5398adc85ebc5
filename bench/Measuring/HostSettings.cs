namespace UonOfferum.Bench.Measuring;

/// <summary>How the app runs when it is measured: locks, polling and limits as deployed; only failures are logged to the console.</summary>
internal static class HostSettings
{
    public static readonly IReadOnlyList<(string Key, string Value)> Measured =
    [
        ("LocalHost:MessageLock", "00:10:00"),
        ("AzureFunctionsJobHost:logging:logLevel:default", "Warning"),
    ];

    /// <summary>The jobs are off if every request must belong to a lead.</summary>
    public static IEnumerable<(string Key, string Value)> WithoutTimers => Without("RunJobs");

    public static IEnumerable<(string Key, string Value)> Without(params IEnumerable<string> functions) =>
        functions.Select(name => ($"AzureWebJobs:{name}:Disabled", "true"));
}
