using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Limits;

public sealed class FourProcessesTests(AzuriteFixture azurite)
{
    private const int Leads = 120;
    private const int Processes = 4;
    private const int Allowed = 10;

    /// <summary>At half of what is allowed: four that did not know of each other would make twenty calls a second.</summary>
    private const string Rate = "5";

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task Four_processes_at_once_never_ask_U_ON_more_often_than_it_allows()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:RequestsPerSecond"] = Rate;
        bed.Settings["LocalHost:MessageLock"] = "00:01:00";
        bed.Uon.RequestsPerSecond = Allowed;
        for (var lead = 1; lead <= Leads; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead));
        }

        var hosts = new List<HostedWorker>();
        try
        {
            for (var i = 0; i < Processes; i++)
            {
                hosts.Add(await bed.StartWorkerAsync(ends));
            }

            using var api = new PipelineApi(hosts[0].BaseAddress);
            await Parallel.ForAsync(1, Leads + 1, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ends }, async (lead, stop) =>
                (await api.SendWebhookAsync(lead, stop)).Dispose());
            for (var lead = 1; lead <= Leads; lead++)
            {
                await api.WaitForAsync($"{TestBed.Pipeline}/lead/{lead}", "Delivered", TestTimeouts.Operation, ends);
            }
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }

        // Calls are counted as they arrive in this process, and a busy machine bunches those of some seconds.
        Assert.InRange(bed.Uon.MaxCallsIn(TimeSpan.FromSeconds(10)), 1, 10 * Allowed);
        Assert.Equal(Leads, bed.Offerum.AcceptedBySubId().Count);
        var workers = hosts.Count(host => host.Output.Any(line => line.Contains(": Enriched", StringComparison.Ordinal)));
        Assert.True(workers >= 3, $"Only {workers} of {Processes} processes read records.");
    }
}
