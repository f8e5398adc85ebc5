using System.Globalization;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Phones;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Telemetry;
using UonOfferum.Shared.Text;

namespace UonOfferum.UonWebhookFunction.Uon;

/// <summary>
/// Asks U-ON. The key stands in the path of every address, so no address and no exception that may hold one leaves this class: all
/// trouble comes back as a <see cref="UonReply"/>.
/// </summary>
public sealed class UonClient(HttpClient http, UonRateLimiter limiter, TimeProvider time)
{
    /// <summary>A longer answer is not read, in bytes.</summary>
    public const int MaxReplyLength = 2 * 1024 * 1024;

    private const int MaxReasonLength = 500;

    /// <summary>A lead or a request with all U-ON knows about it.</summary>
    public Task<UonReply> GetRecordAsync(UonSettings settings, RecordKind kind, long id, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.Of(kind), Invariant($"{kind.Name()}/{id}.json"), cancellationToken);

    /// <summary>The client's card.</summary>
    public Task<UonReply> GetUserAsync(UonSettings settings, long clientId, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.User, Invariant($"user/{clientId}.json"), cancellationToken);

    /// <summary>The records made from one day to another, both included; pages have 100 records and count from 1.</summary>
    public Task<UonReply> GetPageAsync(
        UonSettings settings, RecordKind kind, DateOnly from, DateOnly to, int page, CancellationToken cancellationToken) =>
        GetAsync(settings, UonEnvelope.PageOf(kind), Invariant($"{kind.Name()}s/{from:yyyy-MM-dd}/{to:yyyy-MM-dd}/{page}.json"), cancellationToken);

    private async Task<UonReply> GetAsync(UonSettings settings, UonEnvelope expected, string path, CancellationToken cancellationToken)
    {
        if (!await limiter.WaitAsync(settings, cancellationToken))
        {
            return new UonReply.Throttled(RetryAfter: null);
        }

        using var call = Traces.Call(Traces.UonCallPrefix + path[..path.IndexOf('/', StringComparison.Ordinal)], settings.BaseAddress);
        var key = Uri.EscapeDataString(settings.ApiKey);
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(
                new Uri(settings.BaseAddress, $"{key}/{path}"), HttpCompletionOption.ResponseHeadersRead, either.Token);
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
    private static UonReply WithoutSecret(UonReply reply, string key, string escapedKey) => reply is UonReply.Trouble trouble
        ? trouble with
        {
            // U-ON's own words may quote a client, and reasons are logged.
            Reason = Mask.Text(trouble.Reason)
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
