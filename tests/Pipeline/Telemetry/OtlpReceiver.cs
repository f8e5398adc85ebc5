using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Tests.Pipeline.Telemetry;

internal sealed record OtlpSpan(string Scope, string Trace, string Id, string Parent, string Name, int Kind, int Status, IReadOnlyDictionary<string, string> Tags);

/// <summary>An OTLP endpoint on loopback (HTTP, protobuf) that keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];

    private OtlpReceiver(WebApplication web) => _web = web;

    public string Address => _web.Urls.First();

    /// <summary>What makes an app send everything here every second: the time for a last export as it ends is too short on a busy machine.</summary>
    public IEnumerable<(string Key, string? Value)> Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "1000"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
    ];

    /// <summary>All that arrived, as text with everything unreadable left in: for looking what must not be there.</summary>
    public string Everything => string.Concat(_received.Select(r => Encoding.UTF8.GetString(r.Body)));

    public IReadOnlyList<OtlpSpan> Spans =>
    [
        .. from request in Bodies("/v1/traces")
           from resource in ProtobufReader.All(request, 1)
           from scope in ProtobufReader.All(resource, 2)
           let name = ProtobufReader.Text(ProtobufReader.One(scope, 1) ?? [], 1)
           from span in ProtobufReader.All(scope, 2)
           select ReadSpan(name, span),
    ];

    /// <summary>Names of the metrics that arrived.</summary>
    public IReadOnlySet<string> Metrics =>
        (from request in Bodies("/v1/metrics")
         from resource in ProtobufReader.All(request, 1)
         from scope in ProtobufReader.All(resource, 2)
         from metric in ProtobufReader.All(scope, 2)
         select ProtobufReader.Text(metric, 1)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The lines of the log records that arrived.</summary>
    public IReadOnlyList<string> Logs =>
    [
        .. from request in Bodies("/v1/logs")
           from resource in ProtobufReader.All(request, 1)
           from scope in ProtobufReader.All(resource, 2)
           from record in ProtobufReader.All(scope, 2)
           select ProtobufReader.Text(ProtobufReader.One(record, 5) ?? [], 1),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        var web = builder.Build();
        var receiver = new OtlpReceiver(web);
        web.MapPost("/v1/{signal}", receiver.ReceiveAsync);
        await web.StartAsync();
        return receiver;
    }

    /// <summary>Waits until enough has arrived.</summary>
    public async Task WaitForAsync(Func<OtlpReceiver, bool> enough)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!enough(this))
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TestTimeouts.Operation,
                $"Something is missing. Spans: {string.Join(", ", Spans.Select(s => s.Name))}. Metrics: {string.Join(", ", Metrics)}. Logs: {string.Join('\n', Logs)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.Enqueue((request.Path.Value!, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    private IEnumerable<byte[]> Bodies(string path) => _received.Where(r => r.Path == path).Select(r => r.Body);

    private static OtlpSpan ReadSpan(string scope, byte[] span) => new(
        scope,
        ProtobufReader.Hex(span, 1),
        ProtobufReader.Hex(span, 2),
        ProtobufReader.Hex(span, 4),
        ProtobufReader.Text(span, 5),
        (int)ProtobufReader.Number(span, 6),
        (int)ProtobufReader.Number(ProtobufReader.One(span, 15) ?? [], 3),
        ProtobufReader.All(span, 9).ToDictionary(tag => ProtobufReader.Text(tag, 1), Value, StringComparer.Ordinal));

    private static string Value(byte[] tag)
    {
        var value = ProtobufReader.One(tag, 2) ?? [];
        return ProtobufReader.One(value, 1) is { } text ? Encoding.UTF8.GetString(text) : ProtobufReader.Number(value, 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
