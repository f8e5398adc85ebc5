using System.Net;

namespace UonOfferum.Simulators;

/// <summary>How a simulated U-ON starts; options that are also settable on <see cref="UonSimulator"/> may change while it runs.</summary>
public sealed record UonSimulatorOptions
{
    /// <summary>Where it listens: loopback only; port 0 selects a free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The API keys it accepts.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [UonSimulator.DefaultApiKey];

    /// <summary>The read-only keys among them.</summary>
    public IReadOnlyList<string> ReadOnlyKeys { get; init; } = [];

    /// <summary>Calls in any one second that each key may make, 10 as in the real one; null: no limit.</summary>
    public int? RequestsPerSecond { get; init; } = 10;

    /// <summary>Time between a call and its answer.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Off: calls are counted and not kept.</summary>
    public bool RecordCalls { get; init; } = true;

    /// <summary>The clock of late records, the latency, the limit and the log.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
