using UonOfferum.Bench.Measuring;
using UonOfferum.Simulators;

namespace UonOfferum.Bench.Soak;

/// <summary>Webhooks at a steady rate, whatever the app does with them. Some of the orders fail at first.</summary>
internal sealed class SteadyLoad(TestBed bed, Uri address, int rate, int fails, IReadOnlyList<OfferumReplyKind> failures) : IDisposable
{
    private readonly WebhookClient _webhooks = new(address);
    private int _sent;
    private int _failed;

    /// <summary>Webhooks that were accepted.</summary>
    public int Sent => _sent;

    public int Failed => _failed;

    /// <summary>Runs until cancelled; started work is finished.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1) / rate);
        var (sending, id) = (new List<Task>(), 0L);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellationToken))
            {
                sending.RemoveAll(s => s.IsCompletedSuccessfully);
                sending.Add(SendAsync(++id));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(sending);
        }
    }

    private async Task SendAsync(long id)
    {
        bed.Uon.Leads.Put(UonRecord.Lead(id));
        // Distributed evenly, not at random, so that two runs are comparable.
        if (id * fails / 100 != (id - 1) * fails / 100)
        {
            bed.Offerum.ForSubId($"lead-{id}").Next(failures[(int)(id % failures.Count)]);
            Interlocked.Increment(ref _failed);
        }

        await _webhooks.SendAsync(id, CancellationToken.None);
        Interlocked.Increment(ref _sent);
    }

    public void Dispose() => _webhooks.Dispose();
}
