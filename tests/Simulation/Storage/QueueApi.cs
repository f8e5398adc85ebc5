using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>The part of the queue service's REST API that the Azure client uses.</summary>
public sealed class QueueApi(VirtualClock clock)
{
    private const int MaxMessage = 64 * 1024;
    private static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7);

    private readonly SortedDictionary<string, StoredQueue> _queues = new(StringComparer.Ordinal);
    private int _messages;

    public IReadOnlyCollection<StoredQueue> All => _queues.Values;

    /// <summary>The queue, created if missing: for the platform's side, which creates the queues it listens to.</summary>
    public StoredQueue Open(string name) => _queues.TryGetValue(name, out var queue) ? queue : _queues[name] = new StoredQueue(name);

    public StoredMessage Add(StoredQueue queue, string text, TimeSpan hidden) =>
        queue.Add(new StoredMessage(++_messages, text, clock.Now) { VisibleAt = clock.Now + hidden });

    public StorageReply Answer(StorageRequest request)
    {
        var parts = request.Path.Split('/');
        var query = QueryHelpers.ParseQuery(request.Address.Query);
        var (name, comp) = (parts[0], query.TryGetValue("comp", out var what) ? what.ToString() : null);
        if (parts.Length == 1 && request.Method == "PUT" && comp is null)
        {
            var made = _queues.TryAdd(name, new StoredQueue(name));
            return new StorageReply(made ? 201 : 204) { ContentType = StorageReply.Xml };
        }

        if (!_queues.TryGetValue(name, out var queue))
        {
            return StorageReply.QueueError(404, "QueueNotFound");
        }

        return (parts.Length, request.Method, comp) switch
        {
            (1, "GET" or "HEAD", "metadata") => Properties(queue),
            (2, "POST", _) => Send(queue, request, Seconds(query, "visibilitytimeout", 0)),
            (2, "GET", _) => query.ContainsKey("peekonly")
                ? Peek(queue, Seconds(query, "numofmessages", 1))
                : Receive(queue, Seconds(query, "numofmessages", 1), Seconds(query, "visibilitytimeout", 30)),
            (2, "DELETE", _) => Clear(queue),
            (3, "DELETE", _) => Delete(queue, parts[2], Receipt(query)),
            (3, "PUT", _) => Update(queue, parts[2], Receipt(query), Seconds(query, "visibilitytimeout", 0)),
            _ => throw new NotSupportedException($"The simulated queue does not know {request.Method} {request.Path}."),
        };
    }

    private static StorageReply Properties(StoredQueue queue) => new(200)
    {
        ContentType = StorageReply.Xml,
        Headers = { ["x-ms-approximate-messages-count"] = queue.Messages.Count.ToString(CultureInfo.InvariantCulture) },
    };

    private StorageReply Send(StoredQueue queue, StorageRequest request, int hidden)
    {
        if (request.Body.Length > MaxMessage || TimeSpan.FromSeconds(hidden) > LongestHiding)
        {
            return StorageReply.QueueError(400, "OutOfRangeInput");
        }

        using var body = new MemoryStream(request.Body.ToArray());
        var text = XDocument.Load(body).Root!.Element("MessageText")!.Value;
        var message = Add(queue, text, TimeSpan.FromSeconds(hidden));
        return List(201, [message], withText: false, withReceipt: true);
    }

    private StorageReply Peek(StoredQueue queue, int count) => List(200, queue.Visible(clock.Now).Take(count), withText: true, withReceipt: false);

    private StorageReply Receive(StoredQueue queue, int count, int seconds)
    {
        var taken = queue.Visible(clock.Now).Take(count).ToList();
        taken.ForEach(m => queue.Receive(m, clock.Now + TimeSpan.FromSeconds(seconds)));
        return List(200, taken, withText: true, withReceipt: true);
    }

    private static StorageReply Clear(StoredQueue queue)
    {
        queue.Clear();
        return new StorageReply(204) { ContentType = StorageReply.Xml };
    }

    private static StorageReply Delete(StoredQueue queue, string id, int receipt) =>
        queue.Find(id) is { } message && queue.Delete(message, receipt) ? new StorageReply(204) { ContentType = StorageReply.Xml } : Gone(queue, id);

    private StorageReply Update(StoredQueue queue, string id, int receipt, int seconds) =>
        queue.Find(id) is { } message && queue.Hide(message, receipt, clock.Now + TimeSpan.FromSeconds(seconds))
            ? new StorageReply(204)
            {
                ContentType = StorageReply.Xml,
                Headers = { ["x-ms-popreceipt"] = receipt.ToString(CultureInfo.InvariantCulture), ["x-ms-time-next-visible"] = message.VisibleAt.ToString("R", CultureInfo.InvariantCulture) },
            }
            : Gone(queue, id);

    private static StorageReply Gone(StoredQueue queue, string id) =>
        queue.Find(id) is null ? StorageReply.QueueError(404, "MessageNotFound") : StorageReply.QueueError(400, "PopReceiptMismatch");

    private static StorageReply List(int status, IEnumerable<StoredMessage> messages, bool withText, bool withReceipt)
    {
        var body = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList>");
        foreach (var m in messages)
        {
            body.Append(CultureInfo.InvariantCulture, $"<QueueMessage><MessageId>{m.Id}</MessageId><InsertionTime>{m.InsertedAt:R}</InsertionTime><ExpirationTime>{DateTimeOffset.MaxValue:R}</ExpirationTime>");
            if (withReceipt)
            {
                body.Append(CultureInfo.InvariantCulture, $"<PopReceipt>{m.PopReceipt}</PopReceipt><TimeNextVisible>{m.VisibleAt:R}</TimeNextVisible>");
            }

            if (withText)
            {
                body.Append(CultureInfo.InvariantCulture, $"<DequeueCount>{m.DequeueCount}</DequeueCount><MessageText>{m.Text}</MessageText>");
            }

            body.Append("</QueueMessage>");
        }

        return new StorageReply(status, body.Append("</QueueMessagesList>").ToString()) { ContentType = StorageReply.Xml };
    }

    private static int Seconds(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query, string name, int fallback) =>
        query.TryGetValue(name, out var value) ? int.Parse(value.ToString(), CultureInfo.InvariantCulture) : fallback;

    private static int Receipt(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query) =>
        query.TryGetValue("popreceipt", out var value) && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
