using System.Net;

namespace UonOfferum.Simulators;

/// <summary>How a simulated Offerum starts; options that are also settable on <see cref="OfferumSimulator"/> may change while it runs.</summary>
public sealed record OfferumSimulatorOptions
{
    /// <summary>Where it listens: loopback only; port 0 selects a free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The API keys it accepts.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [OfferumSimulator.DefaultKey];

    /// <summary>The flow codes it accepts; case-sensitive.</summary>
    public IReadOnlyList<string> Flows { get; init; } = [OfferumSimulator.DefaultFlow];

    /// <summary>Form fields without which an order is refused.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = ["default_country", "phone", "name"];

    /// <summary>Whether to recognise a repeated phone within a flow, as the real one does, and report the order as a duplicate.</summary>
    public bool FilterDuplicates { get; init; } = true;

    /// <summary>Time between accepting an order and replying.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>Off: orders are counted and not kept.</summary>
    public bool RecordOrders { get; init; } = true;

    /// <summary>The clock of the latency, Retry-After dates and the log.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
