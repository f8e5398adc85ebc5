using System.Globalization;

namespace UonOfferum.Bench.Measuring;

/// <summary>Sends webhooks as U-ON does, over persistent connections.</summary>
public sealed class WebhookClient(Uri target) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = target };

    /// <exception cref="HttpRequestException">It was not accepted.</exception>
    public async Task SendAsync(long id, CancellationToken cancellationToken, int? eventType = 1, string pipeline = TestBed.Pipeline)
    {
        using var answer = await TrySendAsync(id, cancellationToken, eventType, pipeline);
        answer.EnsureSuccessStatusCode();
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
