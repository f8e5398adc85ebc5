
namespace UonOfferum.Tests.Pipeline.Chaos;

public sealed class SharedStorageTests(AzuriteFixture azurite)
{
    private const int Leads = 100;

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task Two_processes_that_both_get_every_webhook_sell_each_lead_once()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = false;
        bed.Offerum.Latency = TimeSpan.FromMilliseconds(50);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:01:00";
        var crowd = new Crowd(bed, Leads);
        await using var first = await bed.StartWorkerAsync(ends);
        await using var second = await bed.StartWorkerAsync(ends);
        using var one = new PipelineApi(first.BaseAddress);
        using var two = new PipelineApi(second.BaseAddress);

        await Task.WhenAll(crowd.AnnounceAsync(one, ends), crowd.AnnounceAsync(two, ends));
        await crowd.WaitForAllAsync(two, ["Delivered"], meanwhile: null, ends);

        Assert.Equal(Leads, bed.Offerum.Orders.Total);
        crowd.AssertEachSoldOnce();
        Assert.Contains(first.Output, Delivers);
        Assert.Contains(second.Output, Delivers);
    }

    private static bool Delivers(string line) => line.Contains(": Delivered, order", StringComparison.Ordinal);
}
