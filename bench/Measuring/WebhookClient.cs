using System.Globalization;
using System.Net;

namespace UonOfferum.Bench.Measuring;

/// <summary>Sends webhooks as U-ON does, over persistent connections.</summary>
public sealed class WebhookClient(Uri target) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = target };

    private static readonly TimeSpan BeforeRepeat = TimeSpan.FromSeconds(1);

    /// <summary>Repeats what is answered with 503: with a long journal the emulator may need longer than the webhook waits for its queue.</summary>
    /// <exception cref="HttpRequestException">It was not accepted.</exception>
    public async Task SendAsync(long id, CancellationToken cancellationToken, int? eventType = 1, string pipeline = TestBed.Pipeline)
    {
        while (true)
        {
            using var answer = await TrySendAsync(id, cancellationToken, eventType, pipeline);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                answer.EnsureSuccessStatusCode();
                return;
            }

            await Task.Delay(BeforeRepeat, TimeProvider.System, cancellationToken);
        }
    }

    public async Task<HttpResponseMessage> TrySendAsync(long id, CancellationToken cancellationToken, int? eventType = 1, string pipeline = TestBed.Pipeline)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("uon_id", "67054"),
            .. eventType is { } type ? [KeyValuePair.Create("type_id", type.ToString(CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
            new("request_id", id.ToString(CultureInfo.InvariantCulture)),
        ]);
        return await _http.PostAsync($"api/uon/{pipeline}/{TestBed.WebhookSecret}", form, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
