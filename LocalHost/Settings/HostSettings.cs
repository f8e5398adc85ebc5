namespace UonOfferum.LocalHost.Settings;

/// <summary>What <c>host.json</c> and <c>AzureFunctionsJobHost__…</c> say. The defaults are the platform's.</summary>
internal sealed record HostSettings
{
    public static readonly TimeSpan PlatformMessageLock = TimeSpan.FromMinutes(10);

    public string RoutePrefix { get; init; } = "api";

    /// <summary>Flex Consumption's default; -1 in the file: none.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a received message is hidden, renewed while its function runs. The platform's ten minutes cannot be set there.</summary>
    public TimeSpan MessageLock { get; init; } = PlatformMessageLock;

    /// <summary>The whole of <c>host.json</c>, where Microsoft's extensions look for it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ForWebJobs { get; init; } = [];
}
