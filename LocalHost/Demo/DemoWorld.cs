using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using UonOfferum.Simulators;

namespace UonOfferum.LocalHost.Demo;

/// <summary>A simulated U-ON and a simulated Offerum on loopback, and the pipeline between them.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    public const string Pipeline = "demo";

    private DemoWorld(UonSimulator uon, OfferumSimulator offerum) => (Uon, Offerum) = (uon, offerum);

    public UonSimulator Uon { get; }

    public OfferumSimulator Offerum { get; }

    /// <summary>A segment of the webhook's path, new each time.</summary>
    public string WebhookSecret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The demo runs only when nothing is configured yet.</summary>
    public static bool IsWanted(IConfiguration settings, string contentRoot) =>
        !settings.GetSection("Pipelines").GetChildren().Any(IsPipeline) && !File.Exists(Path.Combine(contentRoot, "pipelines.json"));

    /// <summary>The switch <c>Pipelines:Editing</c> is in the same section but is not a pipeline.</summary>
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
            // The demo prints its own story; ordinary log events would interrupt it.
            ["AzureFunctionsJobHost:logging:logLevel:default"] = "Warning",
            // Pipelines created on the page are in the same storage and refer to real cabinets.
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
