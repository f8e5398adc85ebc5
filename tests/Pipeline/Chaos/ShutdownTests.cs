
namespace UonOfferum.Tests.Pipeline.Chaos;

public sealed class ShutdownTests(AzuriteFixture azurite)
{
    private const int Leads = 100;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task A_process_ended_under_load_finishes_its_work_and_loses_nothing()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = false;
        // Long enough that a busy machine announces all leads before all are sold: 24 orders are sent at once.
        bed.Offerum.Latency = TimeSpan.FromSeconds(5);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Uncertain"] = "hold";
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:00:30";
        var crowd = new Crowd(bed, Leads);
        await using (var ending = await bed.StartHostAsync(ends))
        {
            using var api = new PipelineApi(ending.BaseAddress);
            await crowd.AnnounceAsync(api, ends);
            await bed.Offerum.WaitForAcceptedAsync(Leads / 5, ends);

            var started = TimeProvider.System.GetTimestamp();
            var exitCode = await ending.TerminateAsync(ends);

            Assert.Equal(0, exitCode);
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Bound);
        }

        Assert.InRange(bed.Offerum.Orders.Total, Leads / 5, Leads - 1);
        bed.Offerum.Latency = TimeSpan.Zero;
        await using var next = await bed.StartHostAsync(ends);
        using var after = new PipelineApi(next.BaseAddress);

        // An order cut off by the end would be Uncertain now, and wait for an operator.
        await crowd.WaitForAllAsync(after, ["Delivered"], meanwhile: null, ends);
        Assert.Equal(Leads, bed.Offerum.Orders.Total);
        crowd.AssertEachSoldOnce();
    }
}
