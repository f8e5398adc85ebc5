namespace UonOfferum.LocalHost.Settings;

/// <summary>What <c>host.json</c> and <c>AzureFunctionsJobHost__…</c> say. The defaults are the platform's.</summary>
internal sealed record HostSettings
{
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Flex Consumption's default; -1 in the file: none.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public QueueSettings Queues { get; init; } = new();
}

internal sealed record QueueSettings
{
    /// <summary>Messages asked for at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is asked for when no more than this many messages are being worked on.</summary>
    public int NewBatchThreshold { get; init; } = 16 / 2 * Environment.ProcessorCount;

    /// <summary>The longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a failed message stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Tries before a message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    public bool Base64 { get; init; } = true;

    /// <summary>How long a received message is hidden, renewed while its function runs. The platform's ten minutes cannot be set there.</summary>
    public TimeSpan MessageLock { get; init; } = TimeSpan.FromMinutes(10);
}
