using System.Net;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>
/// Every failure of U-ON and what becomes of the lead. All leads are on their way before the first test looks at
/// one; each has a pipeline of its own, because a failure may open its pipeline's circuit breaker.
/// </summary>
public sealed class UonFaultTests(UonFaultTests.Leads leads) : IClassFixture<UonFaultTests.Leads>
{
    private const string Sold = "fetched enriched claimed sent delivered";

    public static TheoryData<UonFault> Faults => [.. Enum.GetValues<UonFault>()];

    public static TheoryData<UonFault> Throttling => [.. Enum.GetValues<UonFault>().Where(fault => Expected.Of(fault).State == "Waiting")];

    public static TheoryData<UonFault> Ending => [.. Enum.GetValues<UonFault>().Where(fault => Expected.Of(fault).State != "Waiting")];

    [Theory]
    [MemberData(nameof(Ending))]
    public async Task A_lasting_failure_ends_with_its_reason(UonFault fault)
    {
        var expected = Expected.Of(fault);
        var operation = await leads.App.WaitForAsync(Leads.Id(Mode.Always, fault), expected.State);

        Assert.Equal(expected.Code, operation.ErrorCode());
        Assert.Equal(expected.Events, operation.Events());
        Assert.Equal(expected.Calls, leads.Calls(Mode.Always, fault));
        Assert.Equal(expected.State == "Delivered" ? 1 : 0, leads.Orders(Mode.Always, fault));
        if (expected.Code is not null)
        {
            Assert.Equal("enrich", operation.GetProperty("error").Text("stage"));
            Assert.Empty(operation.GetProperty("deliveries").EnumerateArray());
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_transient_failure_leaves_one_order(UonFault fault)
    {
        var expected = Expected.Of(fault);
        var id = Leads.Id(Mode.Once, fault);
        if (expected.State == "Held")
        {
            await leads.App.WaitForAsync(id, "Held");
            using var resumed = await leads.App.PostAsync($"pipelines/{Leads.Pipeline(Mode.Once, fault)}/resume", new { });
            Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        }
        else if (expected.Code == "uon-unreadable")
        {
            await leads.App.WaitForAsync(id, "Failed");
            using var replayed = await leads.App.PostAsync($"operations/{id}/replay", new { from = "enrich" });
            Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        }

        var operation = await leads.App.WaitForAsync(id, "Delivered");

        Assert.Equal(expected.Once, operation.Events());
        Assert.Equal(expected.State == "Delivered" ? 1 : 2, leads.Calls(Mode.Once, fault));
        Assert.Equal(1, leads.Orders(Mode.Once, fault));
    }

    [Theory]
    [MemberData(nameof(Throttling))]
    public async Task Being_asked_for_patience_never_uses_up_the_attempts(UonFault fault)
    {
        var id = Leads.Id(Mode.Always, fault);

        // More often than Uon:Retry and Uon:WaitFor have delays.
        await leads.App.Uon.Calls.WaitForAsync(4, call => call.Id == Leads.Number(Mode.Always, fault), TestContext.Current.CancellationToken);
        var waiting = (await leads.App.OperationAsync(id))!.Value;
        Assert.Equal("Waiting", waiting.State());
        Assert.Equal("uon-unavailable", waiting.ErrorCode());
        Assert.Equal(1, waiting.GetProperty("attempt").GetInt32());

        leads.App.Uon.Leads.Faults(Leads.Number(Mode.Always, fault)).Clear();
        await leads.App.WaitForAsync(id, "Delivered");
    }

    /// <summary>Which of its two lives a fault leads.</summary>
    public enum Mode
    {
        Always,

        /// <summary>The fault comes once, then U-ON is well.</summary>
        Once,
    }

    /// <summary>What becomes of a lead while the fault stays, and the events of one that met it once.</summary>
    private sealed record Expected(string State, string? Code, int Calls, string Events, string Once)
    {
        private static readonly Expected Delivered = new("Delivered", null, 1, $"webhook {Sold}", $"webhook {Sold}");
        private static readonly Expected Missing = new("Failed", "record-not-found", 3, "webhook waiting waiting failed", $"webhook waiting {Sold}");
        private static readonly Expected Unavailable = new("Failed", "uon-unavailable", 3, "webhook retry retry failed", $"webhook retry {Sold}");
        private static readonly Expected Unreadable = new("Failed", "uon-unreadable", 1, "webhook failed", $"webhook failed replayed {Sold}");
        private static readonly Expected Throttled = new("Waiting", "uon-unavailable", 0, "", $"webhook waiting {Sold}");
        private static readonly Expected Denied = new("Held", "uon-denied", 1, "webhook held", $"webhook held released {Sold}");

        public static Expected Of(UonFault fault) => fault switch
        {
            UonFault.WrongContentType => Delivered,
            UonFault.MissingWithStatus200 or UonFault.MissingWithStatus404 => Missing,
            UonFault.ServerError or UonFault.BadGatewayPage or UonFault.ServiceUnavailablePage or UonFault.Hang or UonFault.Reset
                or UonFault.EndInBody or UonFault.HtmlPage or UonFault.CutJson or UonFault.EmptyBody or UonFault.ErrorEnvelope
                or UonFault.ResultEnvelope or UonFault.Redirect => Unavailable,
            UonFault.NoRoute or UonFault.WrongParameter => Unreadable,
            UonFault.TooManyRequests or UonFault.TooManyRequestsWithRetryAfter => Throttled,
            UonFault.ApiNotActive => Denied with { Code = "uon-inactive" },
            UonFault.Unauthorized or UonFault.Forbidden => Denied,
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A new fault: say here what becomes of the lead."),
        };
    }

    public sealed class Leads(AzuriteFixture azurite) : SharedApp(azurite)
    {
        private static readonly List<(Mode Mode, UonFault Fault)> All =
            [.. from mode in Enum.GetValues<Mode>() from fault in Enum.GetValues<UonFault>() select (mode, fault)];

        public static string Pipeline(Mode mode, UonFault fault) => $"{mode}-{fault}".ToLowerInvariant();

        public static string Id(Mode mode, UonFault fault) => $"{Pipeline(mode, fault)}/lead/{Number(mode, fault)}";

        public static long Number(Mode mode, UonFault fault) => ((int)mode + 1) * 1_000 + (int)fault;

        public int Calls(Mode mode, UonFault fault) => App.Uon.CallsTo(UonRoute.Lead, Number(mode, fault));

        public int Orders(Mode mode, UonFault fault) => App.Offerum.Sent($"lead-{Number(mode, fault)}").Count;

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [.. All.Select(lead => Pipeline(lead.Mode, lead.Fault))],
            Settings =
            [
                // The read after one that hung once is answered, in time on a busy machine too.
                ($"Pipelines:{Pipeline(Mode.Once, UonFault.Hang)}:Uon:Timeout", "00:00:10"),
                ($"Pipelines:{Pipeline(Mode.Always, UonFault.Hang)}:Uon:Timeout", "00:00:01.500"),
            ],
        };

        protected override async Task FillAsync()
        {
            // Or the timer would find that the key is good, and release what these tests want to see held.
            App.Uon.FaultsAt(UonRoute.Leads).Set(UonFault.ServerError);
            foreach (var (mode, fault) in All)
            {
                App.Uon.Leads.Put(UonRecord.Lead(Number(mode, fault)));
                App.Uon.Leads.Faults(Number(mode, fault)).Set(fault, mode == Mode.Once ? Repeat.Once : Repeat.UntilCleared);
            }

            await Parallel.ForEachAsync(All, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (lead, _) =>
            {
                using var answer = await App.SendWebhookAsync(Number(lead.Mode, lead.Fault), pipeline: Pipeline(lead.Mode, lead.Fault));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            });
        }
    }
}
