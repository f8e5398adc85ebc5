using UonOfferum.Bench;

namespace UonOfferum.Tests.Pipeline.Chaos;

[Trait("Category", "Slow")]
public sealed class WrongKeyTests(AzuriteFixture azurite)
{
    private const int Leads = 500;
    private const int MostOrdersBeforeTheHold = 3;

    [Fact(Timeout = 300_000)]
    public async Task With_a_wrong_key_five_hundred_leads_wait_for_its_correction_and_a_person_is_called_once()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = false;
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:00:10";
        var crowd = new Crowd(bed, Leads);

        await using (var wrong = await bed.StartHostAsync(ends, ($"Pipelines:{TestBed.Pipeline}:Offerum:ApiKey", "a-key-that-is-wrong")))
        {
            using var api = new PipelineApi(wrong.BaseAddress);
            await crowd.AnnounceAsync(api, ends);
            await crowd.WaitForAllAsync(api, ["Held"], timer: null, ends);

            // The probe finds the key wrong still, and nothing moves.
            await bed.HurryProbesAsync(ends);
            await crowd.WaitForAllAsync(api, ["Held"], "ReleaseHeld", ends);

            Assert.InRange(bed.Offerum.Orders.Total, 1, MostOrdersBeforeTheHold);
            Assert.Equal(1, Alerts(wrong));
            Assert.Equal(0, await wrong.TerminateAsync(ends));
        }

        await using var corrected = await bed.StartHostAsync(ends);
        using var after = new PipelineApi(corrected.BaseAddress);
        await bed.HurryProbesAsync(ends);
        await crowd.WaitForAllAsync(after, ["Delivered"], "ReleaseHeld", ends);

        crowd.AssertEachSoldOnce();
        Assert.Equal(0, Alerts(corrected));
    }

    /// <summary>Lines of event 1301, the one on which a person is called.</summary>
    private static int Alerts(LocalHostProcess host) =>
        host.Output.Count(line => line.Contains($"{TestBed.Pipeline}: offerum is held, offerum-denied", StringComparison.Ordinal));
}
