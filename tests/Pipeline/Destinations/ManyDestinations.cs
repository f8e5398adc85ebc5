using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>The services a pipeline can go to beside Offerum, each on a loopback port, and the settings that lead there.</summary>
internal sealed class ManyDestinations : IAsyncDisposable
{
    public const string BotToken = "8100200300:AAinventedTokenOfNobody";
    public const string MaxToken = "invented-token-of-a-max-bot";
    public const string BitrixSecret = "inv3ntedwebhook";

    private ManyDestinations(CallSink http, CallSink telegram, CallSink bitrix, CallSink max) => (Http, Telegram, Bitrix, Max) = (http, telegram, bitrix, max);

    public CallSink Http { get; }

    public CallSink Telegram { get; }

    public CallSink Bitrix { get; }

    public CallSink Max { get; }

    public static async Task<ManyDestinations> StartAsync() => new(
        await CallSink.StartAsync(call => new SinkAnswer(200, $$"""{"id":{{call.Number}}}"""), CancellationToken.None),
        await CallSink.StartAsync(Answers.Telegram, CancellationToken.None),
        await CallSink.StartAsync(Answers.Bitrix, CancellationToken.None),
        await CallSink.StartAsync(Answers.Max, CancellationToken.None));

    public (string Key, string? Value)[] HttpSettings =>
    [
        ("Pipelines:main:Http:Url", new Uri(Http.BaseAddress, "leads").AbsoluteUri),
        ("Pipelines:main:Http:Json:phone", "{phone}"),
        ("Pipelines:main:Http:OrderId", """["id"]"""),
        ("Pipelines:main:Http:RequestsPerSecond", "1000"),
        ("Pipelines:main:Http:Retry", Soon),
    ];

    public (string Key, string? Value)[] TelegramSettings =>
    [
        ("Pipelines:main:Telegram:BaseAddress", Telegram.BaseAddress.AbsoluteUri),
        ("Pipelines:main:Telegram:BotToken", BotToken),
        ("Pipelines:main:Telegram:ChatId", "-1001234567890"),
        ("Pipelines:main:Telegram:RequestsPerSecond", "1000"),
        ("Pipelines:main:Telegram:Retry", Soon),
    ];

    public (string Key, string? Value)[] BitrixSettings =>
    [
        ("Pipelines:main:Bitrix:Webhook", new Uri(Bitrix.BaseAddress, $"rest/1/{BitrixSecret}/").AbsoluteUri),
        ("Pipelines:main:Bitrix:RequestsPerSecond", "1000"),
        ("Pipelines:main:Bitrix:Retry", Soon),
    ];

    public (string Key, string? Value)[] MaxSettings =>
    [
        ("Pipelines:main:Max:BaseAddress", Max.BaseAddress.AbsoluteUri),
        ("Pipelines:main:Max:Token", MaxToken),
        ("Pipelines:main:Max:ChatId", "-70012345"),
        ("Pipelines:main:Max:RequestsPerSecond", "1000"),
        ("Pipelines:main:Max:Retry", Soon),
    ];

    /// <summary>More retries than a busy machine uses up while a test looks.</summary>
    public static readonly string Soon = string.Join(',', Enumerable.Repeat("00:00:01", 100));

    /// <summary>A refusal that lasts until <see cref="CallSink.Clear"/>: a probe would find a service that refused once working again five seconds later.</summary>
    public static void Refuse(CallSink service, SinkAnswer refusal) => service.Next(Enumerable.Repeat(refusal, 20));

    public static IEnumerable<SunkCall> Leads(CallSink bitrix) => bitrix.Calls.Where(call => call.Path.EndsWith("/crm.lead.add.json", StringComparison.Ordinal));

    public static IEnumerable<SunkCall> Messages(CallSink telegram) => telegram.Calls.Where(call => call.Path.EndsWith("/sendMessage", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Http.DisposeAsync();
        await Telegram.DisposeAsync();
        await Bitrix.DisposeAsync();
        await Max.DisposeAsync();
    }

    /// <summary>What the services answer when nothing is wrong.</summary>
    private static class Answers
    {
        public static SinkAnswer Telegram(SunkCall call) => call.Path switch
        {
            $"/bot{BotToken}/sendMessage" => new(200, $$$$"""{"ok":true,"result":{"message_id":{{{{call.Number}}}},"chat":{"id":-1001234567890}}}"""),
            $"/bot{BotToken}/getChat" => new(200, """{"ok":true,"result":{"id":-1001234567890,"type":"supergroup"}}"""),
            _ => new(404, """{"ok":false,"error_code":404,"description":"Not Found"}"""),
        };

        public static SinkAnswer Max(SunkCall call) => (call.Method, call.Path) switch
        {
            _ when call.Headers.GetValueOrDefault("Authorization") != MaxToken => new(401, """{"code":"verify.token","message":"Invalid access_token"}"""),
            ("POST", "/messages") => new(200, $$$$"""{"message":{"recipient":{"chat_id":-70012345},"body":{"mid":"mid.{{{{call.Number}}}}","seq":1}}}"""),
            ("GET", "/chats/-70012345") => new(200, """{"chat_id":-70012345,"type":"chat","status":"active"}"""),
            ("GET", "/me") => new(200, """{"user_id":5,"is_bot":true}"""),
            _ => new(404, """{"code":"not.found","message":"Unknown path"}"""),
        };

        public static SinkAnswer Bitrix(SunkCall call) => call.Path[(call.Path.LastIndexOf('/') + 1)..] switch
        {
            _ when !call.Path.StartsWith($"/rest/1/{BitrixSecret}/", StringComparison.Ordinal) => new(401, """{"error":"INVALID_CREDENTIALS","error_description":"Invalid request credentials"}"""),
            "crm.lead.add.json" => new(200, $$"""{"result":{{4500 + call.Number}}}"""),
            "crm.lead.list.json" => new(200, """{"result":[],"total":0}"""),
            "crm.duplicate.findbycomm.json" => new(200, """{"result":[]}"""),
            "scope.json" => new(200, """{"result":["crm"]}"""),
            _ => new(404, """{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}"""),
        };
    }
}
