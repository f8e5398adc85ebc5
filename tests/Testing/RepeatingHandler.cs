using System.Net;

namespace UonOfferum.Testing;

/// <summary>
/// Sends a request again while the answer says that the app could not take it, as every client must: on a busy machine a worker that is not
/// warm yet cannot start a call within its own time limits, and answers 500. The last answer is returned whatever it says.
/// </summary>
public sealed class RepeatingHandler : DelegatingHandler
{
    private const int MostTries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public RepeatingHandler()
        : base(new SocketsHttpHandler())
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        for (var tries = 1; ; tries++)
        {
            // A sent message may have been changed on its way, by a redirect for one.
            var answer = await base.SendAsync(Copy(request, body), cancellationToken);
            if (tries == MostTries || !IsForLater(answer.StatusCode))
            {
                return answer;
            }

            var pause = answer.Headers.RetryAfter?.Delta ?? Pause;
            answer.Dispose();
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private static bool IsForLater(HttpStatusCode status) => status is HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static HttpRequestMessage Copy(HttpRequestMessage request, byte[]? body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (body is not null)
        {
            copy.Content = new ByteArrayContent(body);
            foreach (var (name, values) in request.Content!.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }
}
