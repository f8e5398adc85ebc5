using System.Globalization;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Asks U-ON. The key stands in the path of every address, so no address and no exception that may hold one leaves this class: all
/// failures come back as a <see cref="UonReply"/>.
/// </summary>
public sealed class UonClient(HttpClient http, UonRateLimiter limiter, TimeProvider time)
{
    /// <summary>A longer answer is not read, in bytes.</summary>
    public const int MaxReplyLength = 2 * 1024 * 1024;

    private const int MaxReasonLength = 500;

    /// <summary>A lead or a request with all U-ON knows about it.</summary>
    public Task<UonReply> GetRecordAsync(UonSettings settings, RecordKind kind, long id, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.Of(kind) with { Id = id }, Invariant($"{kind.Name()}/{id}.json"), cancellationToken);

    /// <summary>The client's card.</summary>
    public Task<UonReply> GetUserAsync(UonSettings settings, long clientId, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.User with { Id = clientId }, Invariant($"user/{clientId}.json"), cancellationToken);

    /// <summary>The records made from one day to another, both included; pages have 100 records and count from 1.</summary>
    public Task<UonReply> GetPageAsync(
        UonSettings settings, RecordKind kind, DateOnly from, DateOnly to, int page, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.PageOf(kind), Invariant($"{kind.Name()}s/{from:yyyy-MM-dd}/{to:yyyy-MM-dd}/{page}.json"), cancellationToken);

    /// <summary>The cabinet's webhooks; pages have 100 and count from 1. A cabinet without any answers as for a missing record.</summary>
    public Task<UonReply> GetHooksAsync(UonSettings settings, int page, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.Hooks, Invariant($"webhook/{page}.json"), cancellationToken);

    /// <summary>Changes a lead or a request: one route for both. A field that U-ON does not take is answered 200, too: read back.</summary>
    public Task<UonReply> UpdateRecordAsync(
        UonSettings settings, long id, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        PostAsync(settings, Invariant($"request/update/{id}.json"), form, cancellationToken);

    public Task<UonReply> CreateHookAsync(UonSettings settings, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        PostAsync(settings, "webhook/create.json", form, cancellationToken);

    public Task<UonReply> UpdateHookAsync(
        UonSettings settings, long id, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        PostAsync(settings, Invariant($"webhook/update/{id}.json"), form, cancellationToken);

    private Task<UonReply> GetAsync(UonSettings settings, UonEnvelope expected, string path, CancellationToken cancellationToken) =>
        CallAsync(settings, expected, path, form: null, cancellationToken);

    private Task<UonReply> PostAsync(UonSettings settings, string path, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        CallAsync(settings, UonEnvelope.Written, path, form, cancellationToken);

    private async Task<UonReply> CallAsync(
        UonSettings settings, UonEnvelope expected, string path, IReadOnlyList<KeyValuePair<string, string>>? form, CancellationToken cancellationToken)
    {
        if (await limiter.AcquireAsync(settings, cancellationToken) is { } later)
        {
            // Our own limit: the message comes back, which is no attempt.
            return new UonReply.Throttled(later);
        }

        using var call = Traces.Call(Traces.UonCallPrefix + path[..path.IndexOf('/', StringComparison.Ordinal)], settings.BaseAddress);
        var key = Uri.EscapeDataString(settings.ApiKey);
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(settings.BaseAddress, $"{key}/{path}"));
        if (form is not null)
        {
            // U-ON stores Cyrillic letters as question marks where nobody says the charset.
            request.Content = new ByteArrayContent(OrderForm.Encode(form)) { Headers = { ContentType = new(OrderForm.ContentType) { CharSet = "utf-8" } } };
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MaxReplyLength + 1, either.Token);
            Traces.Replied(call, response.StatusCode);
            if (body.Length > MaxReplyLength)
            {
                return new UonReply.Unreadable($"U-ON's answer is longer than {MaxReplyLength / 1024 / 1024} MiB.");
            }

            var contentType = response.Content.Headers.ContentType?.MediaType;
            var reply = UonReplyReader.Read(response.StatusCode, contentType, body, expected, RetryAfterHeader.Read(response, time));
            return WithoutSecret(reply, settings.ApiKey, key);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Unavailable(Invariant($"U-ON did not answer within {settings.Timeout.TotalSeconds:0.#} s."));
        }
        catch (HttpRequestException e)
        {
            return Unavailable(Words(e.HttpRequestError));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Unavailable("U-ON's answer broke off.");
        }
    }

    /// <summary>U-ON's own messages may repeat the address they were asked at.</summary>
    private static UonReply WithoutSecret(UonReply reply, string key, string escapedKey) => reply is UonReply.Failure failure
        ? failure with
        {
            // U-ON's own words may quote a client, and reasons are logged.
            Reason = Mask.Text(failure.Reason)
                .Replace(key, "{key}", StringComparison.OrdinalIgnoreCase)
                .Replace(escapedKey, "{key}", StringComparison.OrdinalIgnoreCase)
                .CutTo(MaxReasonLength),
        }
        : reply;

    private static UonReply.Unavailable Unavailable(string reason) => new(reason, RetryAfter: null);

    private static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "U-ON's name could not be resolved.",
        HttpRequestError.ConnectionError => "There is no connection to U-ON.",
        HttpRequestError.SecureConnectionError => "There is no secure connection to U-ON; it may not let this machine's address in.",
        HttpRequestError.ResponseEnded => "U-ON closed the connection without an answer.",
        _ => $"The connection to U-ON failed ({error}).",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
