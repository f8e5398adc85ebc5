using System.Net;
using System.Net.Http.Headers;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// One HTTP request that carries an order, sent once. This code never retries a request: its outcome, or the fact that it is unknown,
/// is the answer.
/// </summary>
/// <param name="Span">Name of the call in telemetry, the same for every record.</param>
/// <param name="Server">The other side's display name.</param>
/// <param name="Method">POST and the like.</param>
/// <param name="Address">The full address; may hold a key, so it is never logged.</param>
/// <param name="Timeout">The time limit of the whole exchange.</param>
public sealed record OrderCall(string Span, string Server, HttpMethod Method, Uri Address, TimeSpan Timeout)
{
    private const int MaxReply = 256 * 1024;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null: the request has no body.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Without the address and personal data.</summary>
    public override string ToString() => Span;

    /// <param name="http">A client configured for deliveries, see <see cref="OrderClients"/>.</param>
    /// <param name="read">Reads status, body and Retry-After into an outcome.</param>
    /// <param name="time">Measures the timeout.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal async Task<DeliveryReply> SendOnceAsync(
        HttpClient http, Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply> read, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        // Even a GET gets an empty content: .NET retries a request without content when the server closes the connection without a
        // reply, up to three times. HTTP/2 is not requested, because .NET retries a refused stream.
        using var content = new WatchedContent(Body, ContentType);
        using var request = new HttpRequestMessage(Method, Address) { Content = content, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var call = Traces.Call(Span, Address);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MaxReply, either.Token);
            Traces.Replied(call, response.StatusCode);
            var reply = read(response.StatusCode, body, RetryAfterHeader.Read(response, time));
            // The server may reject an order by its headers alone, before the body is sent. An order without a body consists of its headers.
            return reply.MayHaveArrived && !content.Begun && ContentType is not null ? reply with { MayHaveArrived = false } : reply;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Lost(content.Begun, $"no answer within {Timeout.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's ConnectTimeout, which is shorter, ends a request in this way too.
            return Lost(content.Begun, Describe(HttpRequestError.ConnectionError));
        }
        catch (HttpRequestException e)
        {
            // The exception's own text may hold the address, and the address may hold a key.
            return Lost(content.Begun, Describe(e.HttpRequestError));
        }
        catch (IOException)
        {
            return Lost(content.Begun, "the connection broke during the answer");
        }
    }

    private static DeliveryReply Lost(bool begun, string what) => begun
        ? new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = $"The order went out, then {what}" }
        : new DeliveryReply(DeliveryOutcome.Transient) { Detail = $"The order did not go out: {what}" };

    private string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => $"{Server}'s name could not be resolved",
        HttpRequestError.ConnectionError => $"no connection to {Server}",
        HttpRequestError.SecureConnectionError => $"no secure connection to {Server}",
        HttpRequestError.ResponseEnded => "the connection ended without an answer",
        _ => $"the connection failed ({error})",
    };

    /// <summary>Content that records whether its first byte was passed to a connection: only then can an order have arrived.</summary>
    private sealed class WatchedContent : ByteArrayContent
    {
        public WatchedContent(ReadOnlyMemory<byte> body, string? contentType)
            : base(body.ToArray()) =>
            Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        public bool Begun { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Begun = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Begun = true;
            return base.SerializeToStreamAsync(stream, context);
        }
    }
}
