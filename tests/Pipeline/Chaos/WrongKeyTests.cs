
namespace UonOfferum.Tests.Pipeline.Chaos;

public sealed class WrongKeyTests(AzuriteFixture azurite)
{
    private const int Leads = 200;
    private const int MostOrdersBeforeTheHold = 3;

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task With_a_wrong_key_all_leads_wait_for_a_fix_and_one_alert_is_sent()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = false;
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:01:00";
        var crowd = new Crowd(bed, Leads);

        await using (var wrong = await bed.StartHostAsync(ends, ($"Pipelines:{TestBed.Pipeline}:Offerum:ApiKey", "a-key-that-is-wrong")))
        {
            using var api = new PipelineApi(wrong.BaseAddress);
            await crowd.AnnounceAsync(api, ends);
            await crowd.WaitForAllAsync(api, ["Held"], meanwhile: null, ends);

            // The probe finds the key wrong still, and nothing moves.
            await bed.HurryProbesAsync(ends);
            await crowd.WaitForAllAsync(api, ["Held"], () => api.RunJobAsync("breakers", ends), ends);

            Assert.InRange(bed.Offerum.Orders.Total, 1, MostOrdersBeforeTheHold);
            Assert.Equal(1, Alerts(wrong.Output));
            Assert.Equal(0, await wrong.TerminateAsync(ends));
        }

        await using var corrected = await bed.StartWorkerAsync(ends);
        using var after = new PipelineApi(corrected.BaseAddress);
        await bed.HurryProbesAsync(ends);
        await crowd.WaitForAllAsync(after, ["Delivered"], () => after.RunJobAsync("breakers", ends), ends);

        crowd.AssertEachSoldOnce();
        Assert.Equal(0, Alerts(corrected.Output));
    }

    /// <summary>Lines of event 1301, which alerts an operator.</summary>
    private static int Alerts(IEnumerable<string> lines) =>
        lines.Count(line => line.Contains($"{TestBed.Pipeline}: the circuit breaker of offerum is open, offerum-denied", StringComparison.Ordinal));
}
