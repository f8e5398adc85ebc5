using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.Tests.BareApp;

/// <summary>Asks the test what a function is to do, at <c>TEST_CALLBACK</c>. Without that setting a function does nothing.</summary>
public sealed class Callback(IConfiguration settings) : IDisposable
{
    private readonly HttpClient? _client = settings["TEST_CALLBACK"] is { Length: > 0 } address
        ? new HttpClient { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan }
        : null;

    public async Task CallAsync(string what, object message, CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return;
        }

        using var answer = await _client.PostAsJsonAsync(what, message, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException("The test wants this call to fail.");
        }
    }

    public void Dispose() => _client?.Dispose();
}
