using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>Leads 1 … n of a test bed, whom something happens to together.</summary>
internal sealed class Crowd
{
    private const int AtOnce = 8;

    private readonly TestBed _bed;
    private readonly int _count;

    public Crowd(TestBed bed, int count)
    {
        (_bed, _count) = (bed, count);
        for (var lead = 1; lead <= count; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead));
        }
    }

    /// <summary>Each lead's webhook, answered with 200.</summary>
    public Task AnnounceAsync(PipelineApi api, CancellationToken cancellationToken) => Parallel.ForAsync(
        1,
        _count + 1,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (lead, ends) =>
        {
            using var answer = await api.SendWebhookAsync(lead, ends);
            answer.EnsureSuccessStatusCode();
        });

    /// <summary>Waits until every lead is in one of the states.</summary>
    /// <param name="api">Where to ask.</param>
    /// <param name="states">Where they shall be.</param>
    /// <param name="meanwhile">What is done again and again until then; null: nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForAllAsync(PipelineApi api, IReadOnlyCollection<string> states, Func<Task>? meanwhile, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = await StatesAsync(api, cancellationToken);
            if (found.Where(s => states.Contains(s.Key)).Sum(s => s.Value) == _count)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TestTimeouts.Operation,
                $"Not all {_count} leads became {string.Join(" or ", states)}: {string.Join(", ", found.Select(s => $"{s.Key} {s.Value}"))}");
            if (meanwhile is not null)
            {
                await meanwhile();
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>How many leads are in which state.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> StatesAsync(PipelineApi api, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        await foreach (var operation in api.ListAsync($"pipeline={TestBed.Pipeline}&kind=lead", cancellationToken))
        {
            all.Add(operation);
        }

        return all.CountBy(PipelineApi.State, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The network has one order of each, and not one more.</summary>
    public void AssertEachSoldOnce()
    {
        Assert.Equal(_count, _bed.Offerum.AcceptedBySubId().Count);
        Assert.All(_bed.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
    }
}
