using Microsoft.Extensions.Logging;
using UonOfferum.Simulators;
using UonOfferum.Tests.Pipeline.Secrecy;

namespace UonOfferum.Tests.Pipeline;

/// <summary>The host's log is all that an operator without Application Insights has.</summary>
public sealed class LogStreamTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("")]
    [InlineData("http://127.0.0.1:9")]
    public async Task The_apps_lines_reach_the_hosts_log_with_and_without_telemetry(string otlp)
    {
        using var heard = new Overheard();
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Logging = logging => logging.AddProvider(heard),
            Settings = otlp.Length > 0 ? [("OTEL_EXPORTER_OTLP_ENDPOINT", otlp)] : [],
        });
        app.Uon.Leads.Put(UonRecord.Lead(1));

        (await app.SendWebhookAsync(1)).Dispose();
        await app.WaitForAsync("lead", 1, "Delivered");
        await app.StopHostAsync();

        // One line of the HTTP function, one of each queue function.
        Assert.Contains(heard.Said, line => line.Contains("WebhookReceiver", StringComparison.Ordinal) && line.Contains("main/lead/1", StringComparison.Ordinal));
        Assert.Contains(heard.Said, line => line.Contains("RecordEnricher", StringComparison.Ordinal) && line.Contains("main/lead/1", StringComparison.Ordinal));
        Assert.Contains(heard.Said, line => line.Contains("DeliveryStage", StringComparison.Ordinal) && line.Contains("main/lead/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_pipeline_reaches_the_hosts_log_at_the_start()
    {
        using var heard = new Overheard();
        await using var app = await PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Pipelines = [PipelineApp.Name, "broken"],
            Settings = [("Pipelines:broken:Uon:Record", "offer")],
            Logging = logging => logging.AddProvider(heard),
        });

        Assert.Contains(heard.Said, line => line.Contains("Pipelines:broken:Uon:Record", StringComparison.Ordinal));
    }
}
