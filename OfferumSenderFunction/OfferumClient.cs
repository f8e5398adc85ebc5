using System.Net;
using System.Net.Http.Headers;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>
/// Posts one order, once. There is no idempotency key, so nothing here ever repeats a request: what came of it, or that nobody can
/// know, is the answer.
/// </summary>
public sealed class OfferumClient(HttpClient http, TimeProvider time)
{
    private const int MaxReply = 256 * 1024;

    public async Task<DeliveryReply> PostAsync(OfferumSettings settings, OfferumOrder order, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Policy.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var content = new WatchedContent(order.Form);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseAddress, order.Path)) { Content = content };
        using var call = Traces.Call(Traces.OfferumCall, settings.BaseAddress);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MaxReply, either.Token);
            Traces.Replied(call, response.StatusCode);
            return OfferumReplyReader.Read(response.StatusCode, body, RetryAfterHeader.Read(response, time));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Lost(content, $"no answer within {settings.Policy.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException e)
        {
            // The exception's own text may hold the address, and the address holds the key.
            return Lost(content, Words(e.HttpRequestError));
        }
        catch (IOException)
        {
            return Lost(content, "the connection broke within the answer");
        }
    }

    private static DeliveryReply Lost(WatchedContent content, string what) => content.Begun
        ? new DeliveryReply(DeliveryOutcome.Uncertain) { Detail = $"The order went out, then {what}" }
        : new DeliveryReply(DeliveryOutcome.Transient) { Detail = $"The order did not go out: {what}" };

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "Offerum's name could not be resolved",
        HttpRequestError.ConnectionError => "no connection to Offerum",
        HttpRequestError.SecureConnectionError => "no secure connection to Offerum",
        HttpRequestError.ResponseEnded => "the connection ended without an answer",
        _ => $"the connection failed ({error})",
    };

    /// <summary>Form content that knows whether its first byte was handed to a connection: only then can an order have arrived.</summary>
    private sealed class WatchedContent : ByteArrayContent
    {
        public WatchedContent(IEnumerable<KeyValuePair<string, string>> form)
            : base(Encode(form)) =>
            Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

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

        private static byte[] Encode(IEnumerable<KeyValuePair<string, string>> form) =>
            System.Text.Encoding.ASCII.GetBytes(string.Join('&', form.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value)}")));
    }
}
