using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using UonOfferum.Simulators;

namespace UonOfferum.LocalHost.Demo;

/// <summary>A U-ON and an Offerum that are simulated on loopback, and the pipeline between them.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    public const string Pipeline = "demo";

    private DemoWorld(UonSimulator uon, OfferumSimulator offerum) => (Uon, Offerum) = (uon, offerum);

    public UonSimulator Uon { get; }

    public OfferumSimulator Offerum { get; }

    /// <summary>A segment of the webhook's path, new each time.</summary>
    public string WebhookSecret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The demo is for who has configured nothing yet.</summary>
    public static bool IsWanted(IConfiguration settings, string contentRoot) =>
        !settings.GetSection("Pipelines").GetChildren().Any(IsPipeline) && !File.Exists(Path.Combine(contentRoot, "pipelines.json"));

    /// <summary>The switch <c>Pipelines:Editing</c> stands among the pipelines and is none.</summary>
    private static bool IsPipeline(IConfigurationSection section) =>
        !section.Key.Equals("Editing", StringComparison.OrdinalIgnoreCase) || section.GetChildren().Any();

    public static async Task<DemoWorld> StartAsync(CancellationToken cancellationToken)
    {
        var uon = await UonSimulator.StartAsync(null, cancellationToken);
        var offerum = await OfferumSimulator.StartAsync(null, cancellationToken);
        DemoGuard.RequireLoopback("the simulated U-ON", uon.BaseAddress);
        DemoGuard.RequireLoopback("the simulated Offerum", offerum.BaseAddress);
        return new DemoWorld(uon, offerum);
    }

    public void Configure(IConfigurationBuilder builder)
    {
        DemoGuard.KeepHostSettingsOnly(builder);
        builder.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            // The story is told by the demo; ordinary events would break into it.
            ["AzureFunctionsJobHost:logging:logLevel:default"] = "Warning",
            // Pipelines made on the page lie in the same storage, and theirs are real cabinets.
            ["Editing:Store"] = "off",
            [$"Pipelines:{Pipeline}:Webhook:Secret"] = WebhookSecret,
            [$"Pipelines:{Pipeline}:Uon:ApiKey"] = UonSimulator.DefaultApiKey,
            [$"Pipelines:{Pipeline}:Uon:BaseAddress"] = Uon.BaseAddress.AbsoluteUri,
            [$"Pipelines:{Pipeline}:Offerum:ApiKey"] = OfferumSimulator.DefaultKey,
            [$"Pipelines:{Pipeline}:Offerum:Flow"] = OfferumSimulator.DefaultFlow,
            [$"Pipelines:{Pipeline}:Offerum:BaseAddress"] = Offerum.BaseAddress.AbsoluteUri,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Uon.DisposeAsync();
        await Offerum.DisposeAsync();
    }
}
