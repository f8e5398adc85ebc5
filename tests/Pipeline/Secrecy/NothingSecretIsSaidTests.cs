using System.Text;
using Microsoft.Extensions.Logging;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;
using UonOfferum.Tests.Pipeline.Telemetry;

namespace UonOfferum.Tests.Pipeline.Secrecy;

public sealed class NothingSecretIsSaidTests(AzuriteFixture azurite)
{
    private const string WebhookSecret = "never-say-this-webhook-secret";
    private const string UonKey = "never-say-this-uon-key";
    private const string OfferumKey = "never-say-this-offerum-key";
    private const string FunctionKey = "never-say-this-function-key";
    private const string Name = "Неназываемый";
    private const string Surname = "Нераскрытый";
    private const string Email = "never.say@example.org";

    private static readonly OfferumReplyKind[] Replies = Enum.GetValues<OfferumReplyKind>();
    private static readonly UonFault[] Faults = Enum.GetValues<UonFault>();

    [SlowFact]
    public async Task No_log_span_metric_or_refusal_ever_holds_a_secret_or_personal_data()
    {
        using var overheard = new Overheard();
        await using var telemetry = await OtlpReceiver.StartAsync();
        await using var app = await StartAsync(overheard, telemetry);
        var refusals = new List<string>();

        await SendLeadsAsync(app);
        await SendUnusableWebhooksAsync(app, refusals);
        await SendStrangeMessagesAsync(app);
        await AskImpossibleThingsAsync(app, refusals);
        foreach (var kind in Replies.Where(kind => kind != OfferumReplyKind.Ok))
        {
            await app.WaitForAsync($"{Pipeline(kind)}/lead/{Number(kind)}", "Failed", "Rejected", "Held", "Uncertain", "Unconfirmed", "Delivered", "Duplicate");
        }

        foreach (var timer in new[] { "breakers", "sweep", "backlog", "reconcile" })
        {
            await app.RunJobToItsEndAsync(timer);
        }

        await app.WaitForAsync($"{Pipeline(OfferumReplyKind.HangBeforeReading)}/lead/{Number(OfferumReplyKind.HangBeforeReading)}",
            story => story.State() == "Uncertain" && story.GetProperty("deliveries")[0].GetProperty("attempts").GetInt32() == 2, "be sent once more");
        await telemetry.WaitForAsync(received => received.Spans.Count > 0 && received.Metrics.Count > 0);
        await app.StopHostAsync();

        Assert.True(overheard.Said.Count > 200, $"Only {overheard.Said.Count} things were said: the ears are deaf.");
        Assert.Contains(overheard.Said, said => said.Contains("needs an operator", StringComparison.Ordinal));
        string[] secrets =
        [
            WebhookSecret, UonKey, OfferumKey, FunctionKey, Name, Surname, Email, Uri.EscapeDataString(Name), "never.say", "9995550", "999) 555",
        ];
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(overheard.Said.Concat(refusals).Append(telemetry.Everything), said => said.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private Task<PipelineApp> StartAsync(Overheard overheard, OtlpReceiver telemetry)
    {
        var pipelines = Replies.Select(Pipeline).Concat(Faults.Select(Pipeline)).ToList();
        return PipelineApp.StartAsync(azurite, new PipelineAppSetup
        {
            Pipelines = pipelines,
            Settings =
            [
                ("LocalHost:FunctionKey", FunctionKey),
                ("AzureFunctionsJobHost:logging:logLevel:Default", "Trace"),
                ("Logging:LogLevel:Default", "Trace"),
                .. telemetry.Settings,
                ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:00"),
                .. pipelines.SelectMany(name => new (string, string?)[]
                {
                    ($"Pipelines:{name}:Webhook:Secret", WebhookSecret),
                    ($"Pipelines:{name}:Uon:ApiKey", UonKey),
                    ($"Pipelines:{name}:Uon:WaitFor", "00:00:01"),
                    ($"Pipelines:{name}:Uon:Retry", "00:00:01"),
                    ($"Pipelines:{name}:Offerum:ApiKey", OfferumKey),
                    ($"Pipelines:{name}:Offerum:Retry", "00:00:01"),
                    ($"Pipelines:{name}:Reconcile:Window", name == Pipeline(OfferumReplyKind.Ok) ? "1.00:00:00" : "00:00:00"),
                }),
                ($"Pipelines:{Pipeline(UonFault.Hang)}:Uon:Timeout", "00:00:02"),
                ($"Pipelines:{Pipeline(OfferumReplyKind.HangBeforeReading)}:Offerum:Timeout", "00:00:02"),
                ($"Pipelines:{Pipeline(OfferumReplyKind.TakenThenHang)}:Offerum:Timeout", "00:00:02"),
            ],
            Logging = logging => logging.AddProvider(overheard),
        });
    }

    private static async Task SendLeadsAsync(PipelineApp app)
    {
        app.Uon.ApiKeys.Add(UonKey);
        app.Offerum.Keys.Add(OfferumKey);
        app.Offerum.RetryAfter = app.Uon.RetryAfter = TimeSpan.FromSeconds(1);
        foreach (var kind in Replies)
        {
            app.Offerum.ForSubId($"lead-{Number(kind)}").Set(kind);
            app.Uon.Leads.Put(Client(Number(kind)));
        }

        foreach (var fault in Faults)
        {
            app.Uon.Leads.Faults(Number(fault)).Set(fault);
            app.Uon.Leads.Put(Client(Number(fault)));
        }

        var all = Replies.Select(kind => (Pipeline(kind), Number(kind))).Concat(Faults.Select(fault => (Pipeline(fault), Number(fault))));
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (lead, _) =>
        {
            var (pipeline, id) = lead;
            while (!await IsAcceptedAsync(app, pipeline, id))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        });
    }

    private static async Task<bool> IsAcceptedAsync(PipelineApp app, string pipeline, long id)
    {
        using var answer = await app.Http.PostAsync($"uon/{pipeline}/{WebhookSecret}", new FormUrlEncodedContent(
        [
            new("type_id", "1"), new("request_id", $"{id}"), new("client[u_name]", Name), new("client[u_phone]", Phone(id)), new("client[u_email]", Email),
        ]));
        if ((int)answer.StatusCode >= 500)
        {
            return false;
        }

        answer.EnsureSuccessStatusCode();
        return true;
    }

    private static async Task SendUnusableWebhooksAsync(PipelineApp app, List<string> refusals)
    {
        var route = $"uon/{Pipeline(OfferumReplyKind.Ok)}/{WebhookSecret}";
        var clientFields = $"client[u_name]={Uri.EscapeDataString(Name)}&client[u_phone]={Phone(1)}&client[u_email]={Email}";
        await RefusedAsync(refusals, app.Http.GetAsync($"{route}?type_id=1&request_id={Phone(1)}x&{clientFields}"));
        await RefusedAsync(refusals, app.Http.GetAsync($"uon/nobody/{WebhookSecret}?type_id=1&request_id=5&{clientFields}"));
        await RefusedAsync(refusals, app.Http.GetAsync($"{route}-wrong?type_id=1&request_id=5&{clientFields}"));
        await RefusedAsync(refusals, app.Http.PostAsync(route, new StringContent($"{{\"name\":\"{Name}", Encoding.UTF8, "application/json")));
        await RefusedAsync(refusals, app.Http.PostAsync(route, new StringContent($"<name>{Name}</name>", Encoding.UTF8, "text/xml")));
        await RefusedAsync(refusals, app.Http.PostAsync(route, new StringContent(string.Concat(Enumerable.Repeat(Name, 10_000)))));
        await RefusedAsync(refusals, app.Http.GetAsync($"{route}?type_id={Uri.EscapeDataString(Name)}&{clientFields}"));
    }

    private static async Task SendStrangeMessagesAsync(PipelineApp app)
    {
        foreach (var queue in new[] { QueueNames.UonRecords, OfferumDestination.QueueName })
        {
            // A listener makes its queue a moment after the start.
            await app.Queue(queue).CreateIfNotExistsAsync();
            await app.Queue(queue).SendMessageAsync($$"""{"client":"{{Name}}","phone":"{{Phone(1)}}"}""");
            await app.Queue(queue).SendMessageAsync($$"""{"v":1,"pipeline":"gone","kind":"lead","id":5,"run":"{{RunId.New(TimeProvider.System)}}","attempt":1}""");
        }
    }

    private static async Task AskImpossibleThingsAsync(PipelineApp app, List<string> refusals)
    {
        var ok = $"operations/{Pipeline(OfferumReplyKind.Ok)}/lead/{Number(OfferumReplyKind.Ok)}";
        await app.WaitForAsync(ok["operations/".Length..], "Delivered");
        await RefusedAsync(refusals, app.PostAsync($"{ok}/edit", new { fields = new { phone = Phone(1), client_name = Name } }));
        await RefusedAsync(refusals, app.PostAsync($"{ok}/replay", new { from = "send", by = Name }));
        await RefusedAsync(refusals, app.PostAsync($"{ok}/resolve", new { @as = Name, note = Email }));
        await RefusedAsync(refusals, app.Http.GetAsync($"operations/nobody/lead/{Number(OfferumReplyKind.Ok)}?code={FunctionKey}"));
    }

    private static async Task RefusedAsync(List<string> refusals, Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        Assert.True((int)answer.StatusCode >= 400 || answer.RequestMessage!.RequestUri!.Query.Contains("type_id=%D0", StringComparison.Ordinal), answer.ToString());
        refusals.Add($"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}");
    }

    private static UonRecord Client(long id) => UonRecord.Lead(id)
        .With("client_name", Name).With("client_surname", Surname).With("client_email", Email).WithPhone(Phone(id), Phone(id));

    private static string Phone(long id) => $"+7999555{id:D4}";

    private static string Pipeline(OfferumReplyKind kind) => $"reply-{kind}".ToLowerInvariant();

    private static string Pipeline(UonFault fault) => $"fault-{fault}".ToLowerInvariant();

    private static long Number(OfferumReplyKind kind) => 100 + (int)kind;

    private static long Number(UonFault fault) => 300 + (int)fault;
}
