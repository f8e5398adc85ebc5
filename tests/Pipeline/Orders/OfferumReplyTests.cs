using System.Net;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>
/// Every reply of Offerum and what becomes of the lead. All leads are on their way before the first test
/// looks at one; each has a pipeline of its own, because a reply may open its pipeline's circuit breaker.
/// </summary>
public sealed class OfferumReplyTests(OfferumReplyTests.Leads leads) : IClassFixture<OfferumReplyTests.Leads>
{
    private const string UntilSent = "webhook fetched enriched claimed";

    public static TheoryData<OfferumReplyKind> Kinds => [.. Enum.GetValues<OfferumReplyKind>()];

    /// <summary>The replies after which the lead goes on.</summary>
    public static TheoryData<OfferumReplyKind> Passing => [.. Enum.GetValues<OfferumReplyKind>().Where(kind => Expected.Of(kind, resend: true).GoesOn)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_reply_decides_what_becomes_of_the_lead(OfferumReplyKind kind) =>
        await leads.CheckAsync(Mode.Resend, kind, Expected.Of(kind, resend: true));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lead_in_doubt_waits_for_an_operator_where_the_settings_say_hold(OfferumReplyKind kind) =>
        await leads.CheckAsync(Mode.Hold, kind, Expected.Of(kind, resend: false));

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_transient_failure_leaves_one_order(OfferumReplyKind kind)
    {
        var expected = Expected.Of(kind, resend: true);
        if (expected.State == "Held")
        {
            await leads.App.WaitForAsync(Leads.Id(Mode.Once, kind), "Held", "Delivered");
            using var resumed = await leads.App.PostAsync($"pipelines/{Leads.Pipeline(Mode.Once, kind)}/resume", new { });
            Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        }

        var operation = await leads.App.WaitForAsync(Leads.Id(Mode.Once, kind), "Delivered");

        Assert.Null(operation.ErrorCode());
        Assert.Equal(2, leads.Sent(Mode.Once, kind).Count);
        Assert.Single(leads.Sent(Mode.Once, kind), order => order.Accepted);
        Assert.Equal(2, operation.Delivery().GetProperty("attempts").GetInt32());
        Assert.Equal(kind is OfferumReplyKind.TakenThenHang or OfferumReplyKind.TakenThenReset or OfferumReplyKind.TakenThenServerError, operation.Events().EndsWith("sent duplicate delivered", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OfferumReplyKind.TooManyRequests, false)]
    [InlineData(OfferumReplyKind.TooManyRequestsRetryAfterSeconds, true)]
    [InlineData(OfferumReplyKind.TooManyRequestsRetryAfterDate, true)]
    [InlineData(OfferumReplyKind.ServiceUnavailableRetryAfter, true)]
    public async Task Retry_after_is_honoured_in_both_forms(OfferumReplyKind kind, bool asked)
    {
        var operation = await leads.App.WaitForAsync(Leads.Id(Mode.Once, kind), "Delivered");

        var sent = leads.Sent(Mode.Once, kind);
        var pause = sent[1].At - sent[0].At;
        Assert.True(pause > TimeSpan.FromSeconds(1), $"{pause}");
        if (asked)
        {
            // A date has whole seconds, so up to one of them is lost.
            Assert.True(pause > Leads.RetryAfter - TimeSpan.FromSeconds(1), $"{pause}: {operation}");
        }
        else
        {
            var scheduled = operation.GetProperty("events").EnumerateArray().Single(line => line.Text("name") == "retry");
            Assert.Contains("HTTP 429; next try at", scheduled.Text("detail"), StringComparison.Ordinal);
        }
    }

    /// <summary>Which of its three lives a reply leads.</summary>
    public enum Mode
    {
        /// <summary>The reply comes again and again.</summary>
        Resend,

        /// <summary>Likewise, with <c>Uncertain</c> = <c>hold</c>.</summary>
        Hold,

        /// <summary>The reply comes once, then Offerum is well.</summary>
        Once,
    }

    private sealed record Expected(string State, string? Code, int Posts, string Events)
    {
        /// <summary>Once Offerum is well the lead is sold without an operator's decision about this one.</summary>
        public bool GoesOn => Posts > 1 || State == "Held";

        private static readonly Expected Delivered = new("Delivered", null, 1, $"{UntilSent} sent delivered");
        private static readonly Expected Duplicate = new("Duplicate", null, 1, $"{UntilSent} sent duplicate");
        private static readonly Expected Rejected = new("Rejected", "offerum-rejected", 1, $"{UntilSent} sent rejected");
        private static readonly Expected Held = new("Held", "offerum-denied", 1, $"{UntilSent} sent held");
        private static readonly Expected Failed = new("Failed", "offerum-unavailable", 3, $"{UntilSent} sent retry claimed sent retry claimed sent failed");
        private static readonly Expected Unconfirmed = new("Unconfirmed", "offerum-unconfirmed", 1, $"{UntilSent} sent unconfirmed");

        public static Expected Of(OfferumReplyKind kind, bool resend) => kind switch
        {
            OfferumReplyKind.Ok or OfferumReplyKind.OkWithoutAdditionalStatus or OfferumReplyKind.OkModeration or OfferumReplyKind.OkCalledHtml
                or OfferumReplyKind.OkOrderIdAsText or OfferumReplyKind.OkAtId or OfferumReplyKind.OkAtIdAsText or OfferumReplyKind.OkAtLeadId
                or OfferumReplyKind.OkAtLeadIdAsText or OfferumReplyKind.OkAtUuid or OfferumReplyKind.OkAtUuidAsText
                or OfferumReplyKind.OkAtResponseId or OfferumReplyKind.OkAtResponseIdAsText or OfferumReplyKind.OkAtResponseOrderId
                or OfferumReplyKind.OkAtResponseOrderIdAsText or OfferumReplyKind.OkAtDataId or OfferumReplyKind.OkAtDataIdAsText => Delivered,
            OfferumReplyKind.OkDuplicate4 or OfferumReplyKind.OkDuplicate5 => Duplicate,
            OfferumReplyKind.DuplicateError or OfferumReplyKind.DuplicateErrorInRussian => Duplicate,
            OfferumReplyKind.RefusedAtError or OfferumReplyKind.RefusedAtErrors or OfferumReplyKind.RefusedAtMessage
                or OfferumReplyKind.PhoneError or OfferumReplyKind.NameError or OfferumReplyKind.ValidationError
                or OfferumReplyKind.UnknownError or OfferumReplyKind.BadRequest or OfferumReplyKind.Unprocessable => Rejected,
            OfferumReplyKind.WrongFlow or OfferumReplyKind.WrongKey or OfferumReplyKind.Unauthorized or OfferumReplyKind.Forbidden
                or OfferumReplyKind.MethodNotAllowed or OfferumReplyKind.UnsupportedMediaType => Held,
            OfferumReplyKind.TooManyRequests or OfferumReplyKind.TooManyRequestsRetryAfterSeconds or OfferumReplyKind.TooManyRequestsRetryAfterDate => Failed,
            OfferumReplyKind.RequestTimeout or OfferumReplyKind.ServerError or OfferumReplyKind.BadGateway or OfferumReplyKind.ServiceUnavailable
                or OfferumReplyKind.ServiceUnavailableRetryAfter or OfferumReplyKind.TakenThenServerError => resend
                    ? new("Uncertain", "uncertain", 3, $"{UntilSent} sent retry claimed sent retry claimed sent uncertain")
                    : new("Uncertain", "uncertain", 1, $"{UntilSent} sent uncertain"),
            OfferumReplyKind.HtmlPage or OfferumReplyKind.EmptyBody or OfferumReplyKind.UnknownJson => Unconfirmed,
            OfferumReplyKind.HangBeforeReading or OfferumReplyKind.ResetBeforeReading or OfferumReplyKind.TakenThenHang
                or OfferumReplyKind.TakenThenReset => resend
                    ? new("Uncertain", "uncertain", 2, $"{UntilSent} uncertain claimed uncertain")
                    : new("Uncertain", "uncertain", 1, $"{UntilSent} uncertain"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new reply: say here what becomes of the lead."),
        };
    }

    public sealed class Leads(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

        private static readonly List<(Mode Mode, OfferumReplyKind Kind)> All =
            [.. from mode in Enum.GetValues<Mode>() from kind in Enum.GetValues<OfferumReplyKind>() select (mode, kind)];

        public static string Pipeline(Mode mode, OfferumReplyKind kind) => $"{mode}-{kind}".ToLowerInvariant();

        public static string Id(Mode mode, OfferumReplyKind kind) => $"{Pipeline(mode, kind)}/lead/{Number(mode, kind)}";

        public IReadOnlyList<OfferumOrder> Sent(Mode mode, OfferumReplyKind kind) => App.Offerum.Sent($"lead-{Number(mode, kind)}");

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [.. All.Select(lead => Pipeline(lead.Mode, lead.Kind))],
            Settings =
            [
                .. All.Where(lead => lead.Mode == Mode.Hold).Select(lead => ($"Pipelines:{Pipeline(lead.Mode, lead.Kind)}:Offerum:Uncertain", (string?)"hold")),
                // The order after one that hung once is answered, in time on a busy machine too.
                .. All.Where(lead => lead.Kind is OfferumReplyKind.HangBeforeReading or OfferumReplyKind.TakenThenHang)
                    .Select(lead => ($"Pipelines:{Pipeline(lead.Mode, lead.Kind)}:Offerum:Timeout", (string?)(lead.Mode == Mode.Once ? "00:00:10" : "00:00:01.500"))),
            ],
        };

        protected override async Task FillAsync()
        {
            App.Offerum.RetryAfter = RetryAfter;

            // Or the timer would find that key and flow are good, and release what these tests want to see held.
            App.Offerum.CabinetReplies.Set(OfferumReplyKind.ServerError);
            foreach (var (mode, kind) in All)
            {
                App.Offerum.ForSubId($"lead-{Number(mode, kind)}").Set(kind, mode == Mode.Once ? Repeat.Once : Repeat.UntilCleared);
                App.Uon.Leads.Put(UonRecord.Lead(Number(mode, kind)));
            }

            await Parallel.ForEachAsync(All, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (lead, _) =>
            {
                using var answer = await App.SendWebhookAsync(Number(lead.Mode, lead.Kind), pipeline: Pipeline(lead.Mode, lead.Kind));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            });
        }

        internal async Task CheckAsync(Mode mode, OfferumReplyKind kind, object expectation)
        {
            var expected = (Expected)expectation;
            var operation = await App.WaitForAsync(
                Id(mode, kind),
                story => story.State() == expected.State && story.GetProperty("nextTryAt").ValueKind == System.Text.Json.JsonValueKind.Null,
                $"come to rest as {expected.State}");
            var sent = Sent(mode, kind);
            var delivery = operation.Delivery();

            Assert.Equal(expected.Code, operation.ErrorCode());
            Assert.Equal(expected.Events, operation.Events());
            Assert.Equal(expected.Posts, sent.Count);
            Assert.Equal(expected.Posts, delivery.GetProperty("attempts").GetInt32());
            Assert.Equal(expected.State, delivery.State());
            Assert.Equal(expected.State is "Delivered" or "Duplicate" ? sent[^1].OrderId?.ToString() : null, delivery.Text("orderId"));
            if (sent[^1].Status is { } status)
            {
                Assert.Equal(status, delivery.GetProperty("reply").GetProperty("status").GetInt32());
                Assert.Equal(sent[^1].ReplyBody, delivery.GetProperty("reply").Text("body"));
            }
            else
            {
                Assert.Equal(System.Text.Json.JsonValueKind.Null, delivery.GetProperty("reply").ValueKind);
            }
        }

        private static long Number(Mode mode, OfferumReplyKind kind) => ((int)mode + 1) * 1_000 + (int)kind;
    }
}
