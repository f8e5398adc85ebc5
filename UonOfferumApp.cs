using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UonOfferum.Destinations.AmoCrm;
using UonOfferum.Destinations.Bitrix24;
using UonOfferum.Destinations.Http;
using UonOfferum.Destinations.Max;
using UonOfferum.Destinations.Telegram;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.OperationsFunction;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Jobs;
using UonOfferum.Shared.Telemetry;
using UonOfferum.UonWebhookFunction;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum;

/// <summary>The whole app in one call, the same for Azure and for LocalHost.</summary>
public static class UonOfferumApp
{
    /// <summary>Where records can go; a pipeline goes to those whose settings it has.</summary>
    internal static IReadOnlyList<DestinationModule> Destinations { get; } =
    [
        OfferumServices.Module,
        HttpServices.Module,
        TelegramServices.Module,
        MaxServices.Module,
        BitrixServices.Module,
        AmoServices.Module,
    ];

    /// <exception cref="PipelineConfigurationException">None of the pipelines can be used, or what belongs to all is wrong; every error is named at once.</exception>
    public static IHostApplicationBuilder AddUonOfferum(this IHostApplicationBuilder builder)
    {
        // Lowest: what the file says, every app setting may override.
        builder.Configuration.Sources.Insert(0, PipelinesFile.Source(builder.Environment.ContentRootPath));

        IEnumerable<string> problems =
        [
            .. HostWideSettings.Problems(builder.Configuration),
            .. EditingSettings.Problems(builder.Configuration),
            .. AlertSettings.Problems(builder.Configuration),
            .. RetentionSettings.Problems(builder.Configuration),
            .. JobSwitches.Problems(builder.Configuration),
            .. SuccessSampling.Problems(builder.Configuration),
        ];
        var parts = new PipelineParts([new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)), .. Destinations.Select(d => d.Settings)]);
        var pipelines = PipelineReader.Read(builder.Configuration, problems, parts.All);
        // Their lines hold addresses, and addresses hold keys and secrets. Our own lines say what happened, without them.
        builder.Logging
            .AddFilter("Azure", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("System.Net.Http", LogLevel.None);
        builder.AddTelemetry();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(parts)
            .AddSingleton(pipelines)
            .AddShared(builder.Configuration)
            .AddUonWebhook()
            .AddOperations();
        foreach (var destination in Destinations)
        {
            destination.Register(builder.Services);
        }

        return builder;
    }
}
