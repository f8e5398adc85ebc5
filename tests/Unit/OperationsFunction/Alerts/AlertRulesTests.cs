using System.Text.Json;
using UonOfferum.OperationsFunction.Alerts;

namespace UonOfferum.Tests.Unit.OperationsFunction.Alerts;

public sealed class AlertRulesTests
{
    private static readonly AlertFormatter Formatter = new(new AlertSettings { ConsoleUrl = new Uri("https://app.example.org/api/console") });

    [Fact]
    public void A_cause_notifies_when_it_begins_and_not_while_it_lasts()
    {
        var (first, state) = AlertRules.Decide(new AlertState(), [Failures(1)], Formatter);
        var (second, _) = AlertRules.Decide(state, [Failures(50)], Formatter);

        Assert.Contains("записей: 1", Assert.Single(first).Subject, StringComparison.Ordinal);
        Assert.Empty(second);
    }

    [Fact]
    public void A_fixed_cause_notifies_again_when_it_comes_back()
    {
        var (_, notified) = AlertRules.Decide(new AlertState(), [Failures(1)], Formatter);
        var (ended, fixedState) = AlertRules.Decide(notified, [], Formatter);
        var (again, _) = AlertRules.Decide(fixedState, [Failures(1)], Formatter);

        Assert.Empty(ended);
        Assert.Single(again);
    }

    [Fact]
    public void The_stored_state_keeps_its_older_names()
    {
        var (_, state) = AlertRules.Decide(new AlertState(), [Failures(1)], Formatter);

        var stored = JsonSerializer.Serialize(state, AlertContext.Default.AlertState);

        Assert.Contains("\"Told\":{", stored, StringComparison.Ordinal);
        Assert.Equal(state.Notified.Keys, JsonSerializer.Deserialize(stored, AlertContext.Default.AlertState)!.Notified.Keys);
    }

    [Fact]
    public void A_moderation_begins_with_a_message_and_ends_without_one()
    {
        var (begun, notified) = AlertRules.Decide(new AlertState(), [new AlertCause(AlertKind.Moderated, "main", "offerum", null, 0, false, Some.Now)], Formatter);
        var (ended, state) = AlertRules.Decide(notified, [], Formatter);

        Assert.Equal("⚠️ main: Offerum принимает заказы, но оффер на модерации", Assert.Single(begun).Subject);
        Assert.Empty(ended);
        Assert.Empty(state.Notified);
    }

    [Theory]
    [InlineData(AlertKind.Held)]
    [InlineData(AlertKind.Silence)]
    [InlineData(AlertKind.Invalid)]
    public void The_end_of_a_blocking_cause_notifies(AlertKind kind)
    {
        var cause = new AlertCause(kind, "main", "offerum", null, 0, false, Some.Now);
        var (begun, notified) = AlertRules.Decide(new AlertState(), [cause], Formatter);
        var (ended, _) = AlertRules.Decide(notified, [], Formatter);

        Assert.Contains("https://app.example.org/api/console", Assert.Single(begun).Text, StringComparison.Ordinal);
        Assert.StartsWith("✅ main", Assert.Single(ended).Subject);
    }

    [Fact]
    public void Every_recipient_gets_its_own_message_and_only_failed_ones_stay()
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
        var next = AlertRules.Queue(old, [new AlertMessage("new", "")], [new Channel("email", "a")], Some.Now.AddDays(2));

        Assert.Equal("new", Assert.Single(next.Pending).Subject);
    }

    [Fact]
    public void More_causes_than_one_run_may_announce_are_announced_by_the_next_runs()
    {
        IAlertChannel[] channels = [new Channel("email", "a", "b")];
        var causes = Enumerable.Range(0, 120).Select(n => Held($"pipeline-{n}")).ToList();
        var state = new AlertState();
        var sent = new List<string>();

        var runs = RunUntilQuiet(causes);
        Assert.Equal(3, runs);
        Assert.Equal(120, sent.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(240, sent.Count);

        sent.Clear();
        RunUntilQuiet([]);
        Assert.Equal(240, sent.Count);
        Assert.Empty(state.Notified);

        int RunUntilQuiet(IReadOnlyCollection<AlertCause> now)
        {
            for (var run = 0; ; run++)
            {
                var (news, next) = AlertRules.Decide(state, now, Formatter, AlertRules.Room(state, channels));
                state = AlertRules.Queue(next, news, channels, Some.Now);
                if (state.Pending.Count == 0)
                {
                    return run;
                }

                sent.AddRange(state.Pending.Select(p => p.Subject));
                state = AlertRules.Sent(state, [.. state.Pending.Select(p => (p, (string?)null))], Some.Now);
            }
        }
    }

    [Fact]
    public void One_run_adds_no_more_for_many_recipients_than_for_one()
    {
        IAlertChannel[] channels = [new Channel("telegram", "chat"), new Channel("email", [.. Enumerable.Range(0, 9).Select(n => $"{n}")])];

        Assert.Equal(AlertRules.MaxPending / 10, AlertRules.Room(new AlertState(), channels));
        Assert.Equal(1, AlertRules.Room(new AlertState(), [new Channel("email", [.. Enumerable.Range(0, 150).Select(n => $"{n}")])]));
    }

    [Fact]
    public void A_full_channel_takes_no_more_causes_and_keeps_those_it_has()
    {
        IAlertChannel[] channels = [new Channel("email", "a")];
        var causes = Enumerable.Range(0, 150).Select(n => Held($"pipeline-{n}")).ToList();
        var (news, state) = AlertRules.Decide(new AlertState(), causes, Formatter, AlertRules.Room(new AlertState(), channels));
        state = AlertRules.Queue(state, news, channels, Some.Now);

        var (more, next) = AlertRules.Decide(state, causes, Formatter, AlertRules.Room(state, channels));

        Assert.Empty(more);
        Assert.Equal(AlertRules.MaxPending, next.Notified.Count);
        Assert.Equal(state.Pending, AlertRules.Queue(next, more, channels, Some.Now).Pending);
    }

    [Fact]
    public void A_broken_channel_loses_its_oldest_messages_and_the_others_none()
    {
        IAlertChannel[] channels = [new Channel("email", "a"), new Channel("telegram", "1")];
        var state = AlertRules.Queue(new AlertState(), Enumerable.Range(0, 80).Select(n => new AlertMessage($"{n}", "")), channels, Some.Now);
        state = AlertRules.Sent(state, [.. state.Pending.Where(p => p.Channel == "telegram").Select(p => (p, (string?)null))], Some.Now);
        Assert.Equal(AlertRules.MaxPending / 2, AlertRules.Room(state, channels));

        state = AlertRules.Queue(state, Enumerable.Range(80, 50).Select(n => new AlertMessage($"{n}", "")), channels, Some.Now);

        Assert.Equal(50, state.Pending.Count(p => p.Channel == "telegram"));
        Assert.Equal(Enumerable.Range(30, 100).Select(n => $"{n}"), state.Pending.Where(p => p.Channel == "email").Select(p => p.Subject));
    }

    [Fact]
    public void What_one_channel_gets_takes_no_room_from_another()
    {
        var state = AlertRules.Queue(new AlertState(), Enumerable.Range(0, 80).Select(n => new AlertMessage($"{n}", "")), [new Channel("email", "a")], Some.Now);

        state = AlertRules.Queue(state, Enumerable.Range(80, 50).Select(n => new AlertMessage($"{n}", "")), [new Channel("telegram", "1")], Some.Now);

        Assert.Equal(80, state.Pending.Count(p => p.Channel == "email"));
    }

    private static AlertCause Held(string pipeline) => new(AlertKind.Held, pipeline, "offerum", null, 0, false, Some.Now);

    private static AlertCause Failures(int count) => new(AlertKind.Failures, "main", "Failed", "bad-phone", count, false, Some.Now);

    private sealed class Channel(string name, params string[] recipients) : IAlertChannel
    {
        public string Name => name;

        public IReadOnlyList<string> Recipients => recipients;

        public Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
