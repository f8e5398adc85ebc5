using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

public sealed class KilledReplayTests(AzuriteFixture azurite)
{
    private const int Leads = 200;

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task A_bulk_replay_killed_midway_goes_on_and_sends_none_twice()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = false;
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Uncertain"] = "hold";
        var crowd = new Crowd(bed, Leads);
        string replay;

        await using (var dying = await bed.StartWorkerAsync(ends))
        {
            using var api = new PipelineApi(dying.BaseAddress);
            bed.Offerum.Replies.Set(OfferumReplyKind.NameError);
            await crowd.AnnounceAsync(api, ends);
            await crowd.WaitForAllAsync(api, ["Rejected"], meanwhile: null, ends);
            bed.Offerum.Replies.Clear();

            replay = await StartAsync(api, ends);
            while (bed.Offerum.Accepted < Leads / 3)
            {
                await api.RunJobAsync("replays", ends);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ends);
            }

            await dying.KillAsync();
        }

        Assert.InRange(bed.Offerum.Accepted, Leads / 3, Leads - 1);
        await using var next = await bed.StartWorkerAsync(ends);
        using var after = new PipelineApi(next.BaseAddress);
        await crowd.WaitForAllAsync(after, ["Delivered", "Uncertain"], () => after.RunJobAsync("replays", ends), ends);

        // The outcome of an order in flight at the kill is unknown; an operator decides, and it is not sent again.
        var uncertain = (await Crowd.StatesAsync(after, ends)).GetValueOrDefault("Uncertain");
        Assert.InRange(bed.Offerum.Accepted, Leads - uncertain, Leads);
        Assert.All(bed.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
        Assert.InRange(bed.Offerum.Orders.Total, 2 * Leads - uncertain, 2 * Leads);
        // The progress is written after the orders.
        var started = TimeProvider.System.GetTimestamp();
        int reached;
        while ((reached = await ReachedAsync(after, replay, ends)) < Leads && TimeProvider.System.GetElapsedTime(started) < TestTimeouts.Operation)
        {
            await after.RunJobAsync("replays", ends);
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, ends);
        }

        Assert.Equal(Leads, reached);
    }

    private static async Task<int> ReachedAsync(PipelineApi api, string replay, CancellationToken cancellationToken)
    {
        var view = await api.Http.GetFromJsonAsync<JsonElement>($"replays/{replay}", cancellationToken);
        return view.GetProperty("done").GetInt32() + view.GetProperty("refused").GetInt32();
    }

    /// <summary>Slow enough that a busy machine kills the process before the end.</summary>
    private static async Task<string> StartAsync(PipelineApi api, CancellationToken cancellationToken)
    {
        using var answer = await api.Http.PostAsJsonAsync(
            "replays", new { query = new { state = "Rejected" }, from = "send", perMinute = 1000 }, cancellationToken);
        var replay = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Assert.Equal(Leads, replay.GetProperty("total").GetInt32());
        return replay.GetProperty("id").GetString()!;
    }
}
