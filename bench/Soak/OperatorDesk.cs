using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Soak;

/// <summary>An operator who constantly lists and searches, with the console's requests.</summary>
internal sealed class OperatorDesk(Uri address) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly PipelineApi _api = new(address);
    private readonly ConcurrentQueue<TimeSpan> _recent = new();

    /// <summary>Times of the reads since the last call.</summary>
    public IReadOnlyList<TimeSpan> TakeRecent()
    {
        var taken = new List<TimeSpan>();
        while (_recent.TryDequeue(out var time))
        {
            taken.Add(time);
        }

        return taken;
    }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="leads">How many there are by now.</param>
    public async Task RunAsync(Func<int> leads, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Pause);
        try
        {
            for (var turn = 0; await ticks.WaitForNextTickAsync(cancellationToken); turn++)
            {
                var began = TimeProvider.System.GetTimestamp();
                using var answer = await _api.Http.GetAsync(Read(turn, Math.Max(1, leads())), CancellationToken.None);
                // A lead whose message waits in the queue has no operation yet.
                if (answer.StatusCode != HttpStatusCode.NotFound)
                {
                    answer.EnsureSuccessStatusCode();
                }

                _recent.Enqueue(TimeProvider.System.GetElapsedTime(began));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The soak is over.
        }
    }

    private static string Read(int turn, int leads)
    {
        // Any lead, an old one as often as a new one.
        var id = ((turn * 7919L) % leads) + 1;
        return (turn % 7) switch
        {
            0 => "operations?take=50",
            1 => "operations?state=Delivered&take=50",
            2 => "attention",
            3 => string.Create(CultureInfo.InvariantCulture, $"operations?text={id}"),
            4 => $"operations?phone={Uri.EscapeDataString(UonRecord.Lead(id).E164!)}",
            5 => string.Create(CultureInfo.InvariantCulture, $"operations/main/lead/{id}"),
            _ => "overview",
        };
    }

    public void Dispose() => _api.Dispose();
}
