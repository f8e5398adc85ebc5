namespace UonOfferum.LocalHost.Demo;

/// <summary>Retries a request that the host answered with 5xx: a worker that is still compiling can be too slow for its own time limits.</summary>
internal sealed class RepeatOnFailure() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private const int MaxTries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Buffered, so that the request can be sent again.
        await (request.Content?.LoadIntoBufferAsync(cancellationToken) ?? Task.CompletedTask);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < 500 || attempt == MaxTries)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
