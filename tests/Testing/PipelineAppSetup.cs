using Microsoft.Extensions.Logging;
using UonOfferum.Simulators;

namespace UonOfferum.Testing;

/// <summary>What a test's app is made of; what is not said is as for everybody.</summary>
public sealed record PipelineAppSetup
{
    /// <summary>Each lies between the two simulators. Each pipeline has its own circuit breakers, so a failure in one leaves the others alone.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [PipelineApp.Name];

    /// <summary>Laid over those of the pipelines.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings { get; init; } = [];

    /// <summary>Connection string; null: an empty account of its own.</summary>
    public string? Storage { get; init; }

    /// <summary>Further readers of the host's log stream.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>A pipeline between the two simulators. Delays are short; the time for a call is long, for machines that are busy.</summary>
    /// <remarks>A message that meets a claim waits for the end of its lease, which is six times and twice these: shorter than the patience of a test.</remarks>
    internal static IEnumerable<(string Key, string? Value)> Defaults(string name, UonSimulator uon, OfferumSimulator offerum) =>
    [
        ($"Pipelines:{name}:Webhook:Secret", PipelineApp.Secret),
        ($"Pipelines:{name}:Uon:ApiKey", UonSimulator.DefaultApiKey),
        ($"Pipelines:{name}:Uon:BaseAddress", uon.BaseAddress.ToString()),
        ($"Pipelines:{name}:Uon:RequestsPerSecond", "10000"),
        ($"Pipelines:{name}:Uon:Timeout", "00:00:20"),
        ($"Pipelines:{name}:Uon:WaitFor", "00:00:01,00:00:01"),
        ($"Pipelines:{name}:Uon:Retry", "00:00:01,00:00:01"),
        ($"Pipelines:{name}:Offerum:ApiKey", OfferumSimulator.DefaultKey),
        ($"Pipelines:{name}:Offerum:Flow", OfferumSimulator.DefaultFlow),
        ($"Pipelines:{name}:Offerum:BaseAddress", offerum.BaseAddress.ToString()),
        ($"Pipelines:{name}:Offerum:Timeout", "00:00:30"),
        ($"Pipelines:{name}:Offerum:Retry", "00:00:01,00:00:01"),
    ];
}
