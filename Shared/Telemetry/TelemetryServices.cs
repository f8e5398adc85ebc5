using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// Sends traces, metrics and logs to Application Insights where its connection string is set, to an OTLP endpoint where one is set, and
/// nowhere otherwise. Only this app's own source and meter: HTTP client and server instrumentation would expose addresses with keys.
/// </summary>
internal static class TelemetryServices
{
    public const string AzureSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string AzureIdentitySetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string ServiceName = "uon-offerum";

    // Their log lines or scopes hold addresses, whatever their level.
    private static readonly string[] TellAddresses = ["Azure", "System.Net.Http", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing"];

    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        var azure = builder.Configuration[AzureSetting];
        var otlp = builder.Configuration[OtlpSetting];
        if (string.IsNullOrWhiteSpace(azure) && string.IsNullOrWhiteSpace(otlp))
        {
            return builder;
        }

        var ratio = SuccessSampling.Ratio(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Configuration["WEBSITE_SITE_NAME"] ?? ServiceName,
                serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing.AddSource(Traces.SourceName).AddProcessor(new WorkerSpanFilter()).AddProcessor(new SuccessSampling(ratio)))
            .WithMetrics(metrics => metrics.AddMeter(Meters.MeterName))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        AddLogFilters(builder.Logging, ratio);

        if (!string.IsNullOrWhiteSpace(azure))
        {
            AddAzureMonitor(telemetry, azure, Credential(builder.Configuration[AzureIdentitySetting]));
        }

        if (!string.IsNullOrWhiteSpace(otlp))
        {
            telemetry.UseOtlpExporter();
        }

        // Last, because the Azure exporter adds its own sampler, which keeps five traces a second and would also drop failures.
        telemetry.WithTracing(tracing => tracing.SetSampler(new AlwaysOnSampler()));
        return builder;
    }

    // A filter for a specific provider takes precedence over all general ones, so this provider needs the complete list.
    private static void AddLogFilters(ILoggingBuilder logging, double ratio)
    {
        logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning);
        logging.AddFilter<OpenTelemetryLoggerProvider>(nameof(UonOfferum), level => SuccessSampling.IsTold(level, ratio));
        foreach (var category in TellAddresses)
        {
            logging.AddFilter<OpenTelemetryLoggerProvider>(category, LogLevel.None);
        }
    }

    private static void AddAzureMonitor(OpenTelemetryBuilder telemetry, string connection, TokenCredential? credential)
    {
        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = connection;
            options.Credential = credential;
        }

        telemetry
            .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(Configure))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
            .WithLogging(logging => logging.AddAzureMonitorLogExporter(Configure));
    }

    /// <summary>The same setting as the platform's: <c>Authorization=AAD;ClientId=…</c>; without it the connection string is enough.</summary>
    private static ManagedIdentityCredential? Credential(string? setting)
    {
        var parts = (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("Authorization", out var kind) || !kind.Equals("AAD", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new ManagedIdentityCredential(parts.TryGetValue("ClientId", out var client)
            ? ManagedIdentityId.FromUserAssignedClientId(client)
            : ManagedIdentityId.SystemAssigned);
    }
}
