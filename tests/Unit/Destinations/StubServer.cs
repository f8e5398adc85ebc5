using System.Net;

namespace UonOfferum.Tests.Unit.Destinations;

internal sealed record StubAnswer(int Status, string Body, int? RetryAfterSeconds = null);

internal sealed record StubCall(HttpMethod Method, Uri Address, string Body);

internal enum StubFault
{
    None,

    /// <summary>No connection: nothing was sent.</summary>
    NoConnection,

    /// <summary>The request went out, and the connection ended.</summary>
    BrokenOff,

    /// <summary>The request went out, and nothing comes back.</summary>
    Silent,
}

/// <summary>The other side of every HTTP client of a destination: no socket, so nothing leaves this process.</summary>
internal sealed class StubServer : HttpMessageHandler
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<HttpRequestMessage, StubAnswer> Answer { get; set; } = _ => new StubAnswer(200, "");

    public StubFault Fault { get; set; }

    public List<StubCall> Calls { get; } = [];

    /// <summary>Completes with the first request.</summary>
    public Task Reached => _reached.Task;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Fault == StubFault.NoConnection)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add(new StubCall(request.Method, request.RequestUri!, body));
        _reached.TrySetResult();
        if (Fault == StubFault.BrokenOff)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }

        if (Fault == StubFault.Silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var answer = Answer(request);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StringContent(answer.Body) };
        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return response;
    }
}
