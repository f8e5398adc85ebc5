using System.Globalization;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.Bench.FloorApp;

/// <summary>
/// The same storage requests and HTTP calls as a delivered lead makes, in the same order. It parses nothing, decides nothing, and its rows
/// are copies of rows that the app wrote. A step whose setting is empty is skipped.
/// </summary>
/// <param name="settings">
/// <c>FLOOR_SENDS</c> <c>false</c>: a webhook only answers. <c>FLOOR_TEMPLATE</c>: connection string of the account whose rows are copied.
/// <c>FLOOR_UON</c>, <c>FLOOR_OFFERUM</c>: the two calls' addresses, up to the record's number.
/// </param>
/// <param name="http">For the two calls.</param>
public sealed class FloorLead(IConfiguration settings, HttpClient http)
{
    public const string Records = "uon-records";
    public const string Orders = "offerum-orders";

    private readonly QueueClient _records = Queue(settings, Records);
    private readonly QueueClient _orders = Queue(settings, Orders);
    private readonly bool _sends = settings["FLOOR_SENDS"] != "false";
    private readonly Lazy<Task<FloorRows>> _rows = new(() => FloorRows.LoadAsync(settings, CancellationToken.None));

    /// <summary>As long as the app's.</summary>
    public static string Message(long id) =>
        $$$"""{"v":1,"pipeline":"main","kind":"lead","id":{{{id}}},"run":"0196a7f0-7b1c-7d0a-8f00-5b2f4f6e9a10","attempt":1,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","webhook":{"eventType":1,"receivedAt":"2026-01-01T00:00:00.0000000+00:00","reconciled":false}}""";

    public static QueueClient Queue(IConfiguration settings, string name) =>
        new(settings["AzureWebJobsStorage"], name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <param name="form">The webhook's body.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    public Task AcceptAsync(string form, CancellationToken cancellationToken) =>
        _sends ? SendAsync(_records, IdAfter(form, "request_id="), cancellationToken) : Task.CompletedTask;

    public async Task EnrichAsync(string message, CancellationToken cancellationToken)
    {
        var id = IdAfter(message, "\"id\":");
        using (var record = await http.GetAsync($"{settings["FLOOR_UON"]}{id}.json", cancellationToken))
        {
            await record.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        await (await _rows.Value).InsertAsync(id, cancellationToken);
        await SendAsync(_orders, id, cancellationToken);
    }

    public async Task OrderAsync(string message, CancellationToken cancellationToken)
    {
        var id = IdAfter(message, "\"id\":");
        var rows = await _rows.Value;
        var etag = await rows.ReadAsync(id, cancellationToken);
        var claimed = await rows.ClaimAsync(id, etag, cancellationToken);
        using (var form = new FormUrlEncodedContent([new("default_country", "RU"), new("phone", $"+7900{id:D7}"), new("name", "Клиент"), new("order_time", "1767225600")]))
        using (var answer = await http.PostAsync($"{settings["FLOOR_OFFERUM"]}{id}", form, cancellationToken))
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
