using System.Collections.Concurrent;

namespace UonOfferum.Testing.Chaos;

/// <summary>U-ON as it is hoped to be: sends a webhook again until it is answered with 200.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _accepted = new();
    private readonly List<PipelineApi> _former = [];
    private volatile PipelineApi? _api;
    private int _unanswered;

    /// <summary>When each lead's webhook was first answered with 200.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> Accepted => _accepted;

    /// <summary>Webhooks that met no 200: the process was down, or died before it answered.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Where the app listens now.</summary>
    public PipelineApi Api => _api ?? throw new InvalidOperationException("Nothing listens yet.");

    public void Address(Uri address)
    {
        if (_api is { } former)
        {
            _former.Add(former);
        }

        _api = new PipelineApi(address);
    }

    public void Send(IEnumerable<(long Lead, TimeSpan At)> webhooks, CancellationToken cancellationToken)
    {
        foreach (var (lead, at) in webhooks)
        {
            // Never fails; what has not been accepted shows in the count.
            _ = SendAsync(lead, at, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var api in _former)
        {
            api.Dispose();
        }

        _api?.Dispose();
    }

    private async Task SendAsync(long lead, TimeSpan at, CancellationToken cancellationToken)
    {
        await Task.Delay(at, TimeProvider.System, cancellationToken);
        while (!await IsAcceptedAsync(lead, cancellationToken))
        {
            Interlocked.Increment(ref _unanswered);
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }

        _accepted[lead] = TimeProvider.System.GetUtcNow();
    }

    private async Task<bool> IsAcceptedAsync(long lead, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Api.SendWebhookOnceAsync(lead, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
