using System.Globalization;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Telemetry;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Calls U-ON's API. The key is in the path of every address, so no address and no exception that may contain one leaves this class: all
/// failures are returned as a <see cref="UonReply"/>.
/// </summary>
public sealed class UonClient(HttpClient http, UonRateLimiter limiter, TimeProvider time)
{
    /// <summary>The maximum reply length in bytes; a longer reply is not read.</summary>
    public const int MaxReplyLength = 2 * 1024 * 1024;

    private const int MaxReasonLength = 500;

    /// <summary>A lead or a request with all its data.</summary>
    public Task<UonReply> GetRecordAsync(UonSettings settings, RecordKind kind, long id, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.Of(kind) with { Id = id }, Invariant($"{kind.Name()}/{id}.json"), cancellationToken);

    /// <summary>The client's card.</summary>
    public Task<UonReply> GetUserAsync(UonSettings settings, long clientId, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.User with { Id = clientId }, Invariant($"user/{clientId}.json"), cancellationToken);

    /// <summary>The records created from one day to another, inclusive; pages have 100 records and count from 1.</summary>
    public Task<UonReply> GetPageAsync(
        UonSettings settings, RecordKind kind, DateOnly from, DateOnly to, int page, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.PageOf(kind), Invariant($"{kind.Name()}s/{from:yyyy-MM-dd}/{to:yyyy-MM-dd}/{page}.json"), cancellationToken);

    /// <summary>The cabinet's webhooks; pages have 100 and count from 1. For a cabinet without webhooks, U-ON replies as for a missing record.</summary>
    public Task<UonReply> GetHooksAsync(UonSettings settings, int page, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.Hooks, Invariant($"webhook/{page}.json"), cancellationToken);

    /// <summary>Changes a lead or a request: one route for both. U-ON also returns 200 for a field that it ignores, so read the record back.</summary>
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
            // Our own rate limit: the message is deferred, which is not an attempt.
            return new UonReply.Throttled(later);
        }

        using var call = Traces.Call(Traces.UonCallPrefix + path[..path.IndexOf('/', StringComparison.Ordinal)], settings.BaseAddress);
        var key = Uri.EscapeDataString(settings.ApiKey);
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(settings.BaseAddress, $"{key}/{path}"));
        if (form is not null)
        {
            // Without a charset U-ON stores Cyrillic letters as question marks.
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
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's ConnectTimeout ends a request in this way too.
            return Unavailable(Describe(HttpRequestError.ConnectionError));
        }
        catch (HttpRequestException e)
        {
            return Unavailable(Describe(e.HttpRequestError));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Unavailable("U-ON's answer was cut off.");
        }
    }

    /// <summary>U-ON's own messages may repeat the requested address.</summary>
    private static UonReply WithoutSecret(UonReply reply, string key, string escapedKey) => reply is UonReply.Failure failure
        ? failure with
        {
            // U-ON's own text may quote a client, and reasons are logged.
            Reason = Mask.Text(failure.Reason)
                .Replace(key, "{key}", StringComparison.OrdinalIgnoreCase)
                .Replace(escapedKey, "{key}", StringComparison.OrdinalIgnoreCase)
                .CutTo(MaxReasonLength),
        }
        : reply;

    private static UonReply.Unavailable Unavailable(string reason) => new(reason, RetryAfter: null);

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "U-ON's name could not be resolved.",
        HttpRequestError.ConnectionError => "There is no connection to U-ON.",
        HttpRequestError.SecureConnectionError => "There is no secure connection to U-ON; it may not allow this machine's address.",
        HttpRequestError.ResponseEnded => "U-ON closed the connection without an answer.",
        _ => $"The connection to U-ON failed ({error}).",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
