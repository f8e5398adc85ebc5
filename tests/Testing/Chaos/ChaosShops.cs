using System.Text.Json;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Simulators;

namespace UonOfferum.Testing.Chaos;

/// <summary>The destinations that a chaos run delivers to: Offerum, then an HTTP service, then a Telegram chat.</summary>
internal sealed class ChaosShops : IAsyncDisposable
{
    private const string BotToken = "8100200300:AAinventedTokenOfNobody";

    private readonly List<CallSink> _sinks = [];
    private readonly List<ChaosShop> _all = [];

    private ChaosShops()
    {
    }

    public IReadOnlyList<ChaosShop> All => _all;

    /// <summary>Starts as many as the options say and leads the bed's pipeline to each.</summary>
    public static async Task<ChaosShops> StartAsync(ChaosOptions options, TestBed bed, CancellationToken cancellationToken)
    {
        var shops = new ChaosShops();
        shops._all.Add(ChaosShop.Of(bed.Offerum));
        var sections = new List<string> { "Offerum" };
        if (options.Destinations > 1)
        {
            var http = await shops.SinkAsync(call => new SinkAnswer(200, $$"""{"id":{{call.Number}}}"""), cancellationToken);
            Set("Http:Url", new Uri(http.BaseAddress, "leads").AbsoluteUri);
            Set("Http:Json:lead", OfferumSettings.DefaultSubId);
            Set("Http:OrderId", """["id"]""");
            sections.Add("Http");
            shops._all.Add(ChaosShop.Of("http", http, call => TextOf(call.Body, "lead")));
        }

        if (options.Destinations > 2)
        {
            var telegram = await shops.SinkAsync(
                call => new SinkAnswer(200, $$$$"""{"ok":true,"result":{"message_id":{{{{call.Number}}}},"chat":{"id":-1001234567890}}}"""), cancellationToken);
            Set("Telegram:BaseAddress", telegram.BaseAddress.AbsoluteUri);
            Set("Telegram:BotToken", BotToken);
            Set("Telegram:ChatId", "-1001234567890");
            Set("Telegram:Text", OfferumSettings.DefaultSubId);
            sections.Add("Telegram");
            shops._all.Add(ChaosShop.Of("telegram", telegram, call => call.Path.EndsWith("/sendMessage", StringComparison.Ordinal) ? TextOf(call.Body, "text") : null));
        }

        foreach (var section in sections)
        {
            Set($"{section}:Uncertain", options.Hold ? "hold" : "resend");
            if (section != "Offerum")
            {
                Set($"{section}:RequestsPerSecond", "1000");
                Set($"{section}:Timeout", bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"]);
                Set($"{section}:Retry", bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Retry"]);
            }
        }

        return shops;

        void Set(string key, string value) => bed.Settings[$"Pipelines:{TestBed.Pipeline}:{key}"] = value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in _sinks)
        {
            await sink.DisposeAsync();
        }
    }

    private async Task<CallSink> SinkAsync(Func<SunkCall, SinkAnswer> answer, CancellationToken cancellationToken)
    {
        var sink = await CallSink.StartAsync(answer, cancellationToken);
        (sink.Latency, sink.LatencySpread) = (ChaosRun.Latency, ChaosRun.LatencySpread);
        _sinks.Add(sink);
        return sink;
    }

    private static string TextOf(string json, string name)
    {
        using var body = JsonDocument.Parse(json);
        return body.RootElement.GetProperty(name).GetString()!;
    }
}
