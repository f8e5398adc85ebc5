using System.Globalization;
using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.Bench.Floor;

/// <summary>
/// A pipeline without a pipeline: the same storage requests and HTTP calls as a delivered lead makes, in the same order, with the same
/// batches and the same concurrency. It parses nothing, decides nothing, and its rows are copies of rows that the app wrote.
/// </summary>
internal sealed class FlowFloor(IConfiguration settings, HttpClient http)
{
    private readonly QueueClient _records = FloorCommand.Queue(settings, "uon-records");
    private readonly QueueClient _orders = FloorCommand.Queue(settings, "offerum-orders");
    private readonly string _uon = settings["FLOOR_UON"] ?? "";
    private readonly string _offerum = settings["FLOOR_OFFERUM"] ?? "";

    /// <summary>As long as the app's.</summary>
    public static string Message(long id) =>
        $$$"""{"v":1,"pipeline":"main","kind":"lead","id":{{{id}}},"run":"0196a7f0-7b1c-7d0a-8f00-5b2f4f6e9a10","attempt":1,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","webhook":{"eventType":1,"receivedAt":"2026-01-01T00:00:00.0000000+00:00","reconciled":false}}""";

    public async Task RunAsync(WebApplication web, CancellationToken cancellationToken)
    {
        var rows = await FloorRows.LoadAsync(settings, cancellationToken);
        await _records.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await _orders.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        web.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            await SendAsync(_records, IdAfter(body, "request_id="), context.RequestAborted);
            return "accepted";
        });
        _ = new FloorPump(_records, (message, cancellation) => EnrichAsync(rows, message, cancellation)).RunAsync(cancellationToken);
        _ = new FloorPump(_orders, (message, cancellation) => OrderAsync(rows, message, cancellation)).RunAsync(cancellationToken);
    }

    private async Task EnrichAsync(FloorRows rows, QueueMessage message, CancellationToken cancellationToken)
    {
        var id = IdAfter(message.Body.ToString(), "\"id\":");
        using (var record = await http.GetAsync($"{_uon}{Simulators.UonSimulator.DefaultApiKey}/lead/{id}.json", cancellationToken))
        {
            await record.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        await rows.InsertAsync(id, cancellationToken);
        await SendAsync(_orders, id, cancellationToken);
    }

    private async Task OrderAsync(FloorRows rows, QueueMessage message, CancellationToken cancellationToken)
    {
        var id = IdAfter(message.Body.ToString(), "\"id\":");
        var etag = await rows.ReadAsync(id, cancellationToken);
        var claimed = await rows.ClaimAsync(id, etag, cancellationToken);
        using (var form = new FormUrlEncodedContent([new("default_country", "RU"), new("phone", $"+7900{id:D7}"), new("name", "Клиент"), new("order_time", "1767225600")]))
        using (var answer = await http.PostAsync(
            $"{_offerum}webmaster/order/?key={Simulators.OfferumSimulator.DefaultKey}&flow={Simulators.OfferumSimulator.DefaultFlow}&subid=lead-{id}", form, cancellationToken))
        {
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        await rows.FinishAsync(id, claimed, cancellationToken);
    }

    private static Task SendAsync(QueueClient queue, long id, CancellationToken cancellationToken) =>
        queue.SendMessageAsync(Message(id), timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken);

    private static long IdAfter(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        return long.Parse(length < 0 ? text.AsSpan(start) : text.AsSpan(start, length), CultureInfo.InvariantCulture);
    }
}
