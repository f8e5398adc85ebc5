using UonOfferum.OperationsFunction.Alerts;

namespace UonOfferum.Tests.Unit.OperationsFunction.Alerts;

public sealed class AlertRulesTests
{
    private static readonly AlertWords Words = new(new AlertSettings { ConsoleUrl = new Uri("https://app.example.org/api/console") });

    [Fact]
    public void A_cause_is_told_when_it_begins_and_not_while_it_goes_on()
    {
        var (first, state) = AlertRules.Decide(new AlertState(), [Failures(1)], Words);
        var (second, _) = AlertRules.Decide(state, [Failures(50)], Words);

        Assert.Contains("заявок: 1", Assert.Single(first).Subject, StringComparison.Ordinal);
        Assert.Empty(second);
    }

    [Fact]
    public void A_cause_that_was_mended_is_told_again_when_it_comes_back()
    {
        var (_, told) = AlertRules.Decide(new AlertState(), [Failures(1)], Words);
        var (ended, mended) = AlertRules.Decide(told, [], Words);
        var (again, _) = AlertRules.Decide(mended, [Failures(1)], Words);

        Assert.Empty(ended);
        Assert.Single(again);
    }

    [Theory]
    [InlineData(AlertKind.Held)]
    [InlineData(AlertKind.Silence)]
    [InlineData(AlertKind.Invalid)]
    public void What_stops_others_is_told_when_it_ends(AlertKind kind)
    {
        var cause = new AlertCause(kind, "main", "offerum", null, 0, false, Some.Now);
        var (begun, told) = AlertRules.Decide(new AlertState(), [cause], Words);
        var (ended, _) = AlertRules.Decide(told, [], Words);

        Assert.Contains("https://app.example.org/api/console", Assert.Single(begun).Text, StringComparison.Ordinal);
        Assert.StartsWith("✅ main", Assert.Single(ended).Subject);
    }

    [Fact]
    public void Every_recipient_of_every_channel_gets_a_message_of_its_own_and_only_what_failed_stays()
    {
        IAlertChannel[] channels = [new Channel("email", "a", "b"), new Channel("telegram", "1")];
        var queued = AlertRules.Queue(new AlertState(), [new AlertMessage("s", "t")], channels, Some.Now);
        Assert.Equal(["a", "b", "1"], queued.Pending.Select(p => p.Recipient));

        var sent = AlertRules.Sent(queued, [(queued.Pending[0], "away"), (queued.Pending[2], null)], Some.Now);

        Assert.Equal(["a", "b"], sent.Pending.Select(p => p.Recipient));
        Assert.Equal(("away", false), (sent.Channels["email"].Message, sent.Channels["email"].Ok));
        Assert.True(sent.Channels["telegram"].Ok);
    }

    [Fact]
    public void What_could_not_be_sent_for_days_is_no_news_any_more()
    {
        var old = AlertRules.Queue(new AlertState(), [new AlertMessage("old", "")], [new Channel("email", "a")], Some.Now);
        var next = AlertRules.Queue(old, [new AlertMessage("new", "")], [new Channel("email", "a")], Some.Now.AddDays(3));

        Assert.Equal("new", Assert.Single(next.Pending).Subject);
    }

    private static AlertCause Failures(int count) => new(AlertKind.Failures, "main", "Failed", "bad-phone", count, false, Some.Now);

    private sealed class Channel(string name, params string[] recipients) : IAlertChannel
    {
        public string Name => name;

        public IReadOnlyList<string> Recipients => recipients;

        public Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
