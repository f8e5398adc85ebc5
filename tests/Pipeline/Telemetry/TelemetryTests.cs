using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Telemetry;

public sealed class TelemetryTests(AzuriteFixture azurite)
{
    private const int Server = 2;
    private const int Client = 3;
    private const int Consumer = 5;
    private const int Ok = 1;
    private const int Error = 2;

    private static readonly HashSet<string> Measured = new(["uonofferum.queue.messages", "uonofferum.queue.age", "uonofferum.attention"], StringComparer.Ordinal);

    [Fact]
    public async Task A_leads_whole_way_is_one_trace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await PipelineApp.StartAsync(azurite, [.. receiver.Settings]);
        app.Uon.Leads.Put(UonRecord.Lead(770001));

        using var answer = await app.SendWebhookAsync(770001);
        await app.WaitForAsync("lead", 770001, "Delivered");
        string[] whole = ["Offerum order", "U-ON lead", "enrich", "offerum", "webhook"];
        await receiver.WaitForAsync(received => whole.All(name => received.Spans.Any(s => s.Name == name)));
        await app.StopHostAsync();

        var stages = receiver.Spans.Where(s => s.Tags.GetValueOrDefault("operation") == "main/lead/770001").ToList();
        var trace = Assert.Single(stages.Select(s => s.Trace).Distinct());
        var spans = receiver.Spans.Where(s => s.Trace == trace).ToList();
        Assert.Equal(whole, spans.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.All(spans, s => Assert.Equal(Ok, s.Status));

        var webhook = Assert.Single(spans, s => s.Kind == Server);
        Assert.All(spans.Where(s => s.Kind == Consumer), s => Assert.Equal(webhook.Id, s.Parent));
        Assert.Equal(Named(spans, "enrich").Id, Named(spans, "U-ON lead").Parent);
        Assert.Equal(Named(spans, "offerum").Id, Named(spans, "Offerum order").Parent);
        Assert.All(spans.Where(s => s.Kind == Client), s => Assert.Equal("127.0.0.1", s.Tags["server.address"]));
        Assert.Equal("Delivered", Named(spans, "offerum").Tags["state"]);
    }

    [Fact]
    public async Task Nothing_that_leaves_holds_a_secret_a_phone_or_an_address_with_a_key()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await PipelineApp.StartAsync(azurite, [.. receiver.Settings]);
        var record = UonRecord.Lead(770002);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(770002, more: ("client[u_phone]", record.E164!));
        await app.WaitForAsync("lead", 770002, "Delivered");
        await app.RunJobToItsEndAsync("backlog");
        await receiver.WaitForAsync(received => received.Spans.Count > 0 && Measured.IsSubsetOf(received.Metrics)
            && received.Logs.Any(line => line.Contains("main/lead/770002", StringComparison.Ordinal)));
        await app.StopHostAsync();

        var everything = receiver.Everything;
        string[] secrets = [PipelineApp.Secret, UonSimulator.DefaultApiKey, OfferumSimulator.DefaultKey, "a-function-key-for-tests", record.E164![2..], "/api/uon/"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_backlogs_metrics_are_sent_under_the_services_name()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await PipelineApp.StartAsync(azurite, [.. receiver.Settings]);

        await app.RunJobToItsEndAsync("backlog");
        await receiver.WaitForAsync(received => Measured.IsSubsetOf(received.Metrics));

        Assert.Contains("uon-offerum", receiver.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_kept_where_successes_are_left_out()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await PipelineApp.StartAsync(azurite, [.. receiver.Settings, ("Telemetry:SuccessRatio", "0")]);
        app.Uon.Leads.Put(UonRecord.Lead(770003));

        using var sold = await app.SendWebhookAsync(770003);
        using var missing = await app.SendWebhookAsync(770004);
        await app.WaitForAsync("lead", 770003, "Delivered");
        await app.WaitForAsync("lead", 770004, "Failed");
        await receiver.WaitForAsync(received => Failures(received).Count > 0);
        await app.StopHostAsync();

        Assert.DoesNotContain(receiver.Spans, s => s.Tags.GetValueOrDefault("operation") == "main/lead/770003");
        Assert.DoesNotContain(receiver.Logs, line => line.Contains("main/lead/770003", StringComparison.Ordinal));
        Assert.Equal("record-not-found", Assert.Single(Failures(receiver)).Tags["error.type"]);
    }

    private static List<OtlpSpan> Failures(OtlpReceiver receiver) =>
        [.. receiver.Spans.Where(s => s.Tags.GetValueOrDefault("operation") == "main/lead/770004" && s.Status == Error)];

    private static OtlpSpan Named(IEnumerable<OtlpSpan> spans, string name) => Assert.Single(spans, s => s.Name == name);
}
