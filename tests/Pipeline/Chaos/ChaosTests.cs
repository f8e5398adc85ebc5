using UonOfferum.Simulators;
using UonOfferum.Testing.Chaos;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>The command <c>chaos</c> at a smaller size, and what it once found.</summary>
public sealed class ChaosTests(AzuriteFixture azurite)
{
    [SlowTheory(Timeout = TestTimeouts.WholeTest)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task Kills_lose_no_lead_and_sell_none_twice_beyond_what_was_in_flight(bool hold, int destinations)
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        var options = new ChaosOptions(Kills: 4, Leads: 100, hold, NetworkKnowsDuplicates: false, Seed: 2, destinations);

        var report = await new ChaosRun(options, bed, Tell).RunAsync(ends);

        Tell(report.ToString());
        Assert.Empty(report.Lost);
        Assert.Empty(report.Unfinished);
        Assert.True(report.Holds, report.ToString());
    }

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task Orders_in_flight_at_a_kill_are_no_outage_of_the_network()
    {
        const int InFlight = 8;
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Uncertain"] = "hold";
        for (var lead = 1; lead <= InFlight + 2; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead));
        }

        await using (var first = await bed.StartHostAsync(ends))
        {
            using var api = new PipelineApi(first.BaseAddress);
            await AcceptAsync(api, InFlight + 1, ends);
            await api.WaitForAsync(Lead(InFlight + 1), "Delivered", TestTimeouts.Operation, ends);
            bed.Offerum.Latency = TimeSpan.FromSeconds(8);
            for (var lead = 1; lead <= InFlight; lead++)
            {
                await AcceptAsync(api, lead, ends);
            }

            await bed.Offerum.Orders.WaitForAsync(InFlight + 1, _ => true, ends);
            await first.KillAsync();
        }

        bed.Offerum.Latency = TimeSpan.Zero;
        await using var second = await bed.StartHostAsync(ends);
        using var after = new PipelineApi(second.BaseAddress);
        for (var lead = 1; lead <= InFlight; lead++)
        {
            await after.WaitForAsync(Lead(lead), o => PipelineApi.State(o) is "Uncertain" or "Delivered", TestTimeouts.Operation, ends);
        }

        await AcceptAsync(after, InFlight + 2, ends);
        await after.WaitForAsync(Lead(InFlight + 2), "Delivered", TestTimeouts.Operation, ends);
        Assert.DoesNotContain(second.Output, line => line.Contains("the circuit breaker of", StringComparison.Ordinal));
    }

    private static string Lead(long id) => $"{TestBed.Pipeline}/lead/{id}";

    private static async Task AcceptAsync(PipelineApi api, long lead, CancellationToken cancellationToken)
    {
        using var answer = await api.SendWebhookAsync(lead, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
