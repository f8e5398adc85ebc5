using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.Destinations;

/// <summary>What the delivery stage may expect of every destination that the app registers. A new one is in these tests by being registered.</summary>
public sealed class DestinationContractTests
{
    private const string Phone = "79000000001";

    public static TheoryData<string> Names => [.. UonOfferumApp.Destinations.Select(module => module.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_answers_by_its_module_and_functions_listen_to_its_queues(string name)
    {
        using var one = new DestinationUnderTest(name);

        Assert.Equal(one.Module.Name, one.Destination.Name);
        Assert.Equal(one.Module.Queue, one.Destination.Queue);
        Assert.Equal(new DestinationQueue(one.Module.Name, one.Module.Queue), one.Service<DestinationQueue>());
        Assert.NotEmpty(one.Destination.Account(one.Pipeline));
        Assert.Contains(one.Module.Queue, AppFunctions.Queues);
        Assert.Contains(one.Module.Queue + QueueNames.PoisonSuffix, AppFunctions.Queues);
        Assert.Single(UonOfferumApp.Destinations, other => other.Queue == one.Module.Queue || other.Settings.Section == one.Module.Settings.Section);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_serves_the_pipelines_that_have_its_settings(string name)
    {
        using var one = new DestinationUnderTest(name);
        var other = UonOfferumApp.Destinations.First(module => module.Name != name);

        Assert.True(one.Destination.Serves(one.Pipeline));
        Assert.False(one.Destination.Serves(DestinationUnderTest.Read(other, DestinationExamples.For(other.Name).Settings)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_policy_is_the_settings(string name)
    {
        using var one = new DestinationUnderTest(name, ("Timeout", "00:00:07"), ("Retry", "00:00:01,00:00:02"), ("Uncertain", "hold"), ("SamePerson", "1.00:00:00"));
        using var resending = new DestinationUnderTest(name, ("Uncertain", "resend"));

        var policy = one.Destination.Policy(one.Pipeline);

        Assert.Equal(TimeSpan.FromSeconds(7), policy.Timeout);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], policy.Retry);
        Assert.Equal(UncertainPolicy.Hold, policy.Uncertain);
        Assert.Equal(TimeSpan.FromDays(1), policy.SamePerson);
        Assert.Equal(UncertainPolicy.Resend, resending.Destination.Policy(resending.Pipeline).Uncertain);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_accepts(string name)
    {
        using var one = new DestinationUnderTest(name);

        var reply = await one.SendAsync();

        Assert.Equal((DeliveryOutcome.Delivered, "77", 200), (reply.Outcome, reply.OrderId, reply.Status));
        var call = Assert.Single(one.Server.Calls);
        Assert.True(one.Example.IsOrder(call));
        Assert.Contains(Phone, call.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_rejects_one_record_and_repeats_nothing_of_the_client(string name)
    {
        using var one = new DestinationUnderTest(name);
        one.Server.Answer = _ => one.Example.Rejected;

        var reply = await one.SendAsync();

        Assert.Equal(DeliveryOutcome.Rejected, reply.Outcome);
        Assert.NotEmpty(reply.Detail!);
        Assert.DoesNotContain(Phone, reply.Detail!, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, reply.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_wrong_key_concerns_every_record(string name)
    {
        using var one = new DestinationUnderTest(name);
        one.Server.Answer = _ => new StubAnswer(401, "");

        Assert.Equal(DeliveryOutcome.Misconfigured, (await one.SendAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_doubts_when_the_answer_is_lost_and_sends_once(string name)
    {
        using var broken = new DestinationUnderTest(name);
        broken.Server.Fault = StubFault.BrokenOff;
        using var silent = new DestinationUnderTest(name);
        silent.Server.Fault = StubFault.Silent;

        var lost = await broken.SendAsync();
        var waiting = silent.SendAsync();
        await silent.Server.Reached;
        silent.Time.Advance(silent.Destination.Policy(silent.Pipeline).Timeout);

        Assert.Equal(DeliveryOutcome.Uncertain, lost.Outcome);
        Assert.Single(broken.Server.Calls);
        Assert.Equal(DeliveryOutcome.Uncertain, (await waiting).Outcome);
        Assert.Single(silent.Server.Calls);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_did_not_go_out_is_no_doubt(string name)
    {
        using var one = new DestinationUnderTest(name);
        one.Server.Fault = StubFault.NoConnection;

        Assert.Equal(DeliveryOutcome.Transient, (await one.SendAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_waits_as_long_as_it_is_asked_to(string name)
    {
        using var one = new DestinationUnderTest(name);
        one.Server.Answer = _ => new StubAnswer(429, "", RetryAfterSeconds: 7);

        var reply = await one.SendAsync();

        Assert.Equal((DeliveryOutcome.Transient, TimeSpan.FromSeconds(7)), (reply.Outcome, reply.RetryAfter));
        one.Server.Answer = _ => new StubAnswer(503, "");
        Assert.Equal(DeliveryOutcome.Transient, (await one.SendAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_order_may_have_arrived_before_a_server_error_but_not_before_429(string name)
    {
        foreach (var (status, mayHaveArrived) in new[] { (408, true), (500, true), (502, true), (503, true), (504, true), (520, true), (429, false) })
        {
            using var one = new DestinationUnderTest(name);
            one.Server.Answer = _ => new StubAnswer(status, "");

            var sent = DeliveryResults.Apply(one.Order(), name, one.Destination.Policy(one.Pipeline), await one.SendAsync(), Some.Now, random: 0);

            Assert.True(sent.DeliveryTo(name)!.MayHaveArrived == mayHaveArrived, $"{status}");
            Assert.Single(one.Server.Calls);
        }
    }

    [Theory]
    [InlineData("bitrix")]
    [InlineData("amo")]
    public void A_search_before_a_second_send_waits_a_minute_by_default(string name)
    {
        using var one = new DestinationUnderTest(name);
        using var other = new DestinationUnderTest(name, ("SearchAfter", "00:00:05"));

        Assert.Equal(TimeSpan.FromSeconds(60), one.Destination.Policy(one.Pipeline).SearchAfter);
        Assert.Equal(TimeSpan.FromSeconds(5), other.Destination.Policy(other.Pipeline).SearchAfter);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_keeps_within_its_limit(string name)
    {
        (string, string)[] limit = DestinationExamples.For(name).IsLimited ? [("RequestsPerSecond", "0.01")] : [];
        using var one = new DestinationUnderTest(name, limit);

        Assert.Null(await one.Destination.AcquireAsync(one.Pipeline, TestContext.Current.CancellationToken));
        var second = await one.Destination.AcquireAsync(one.Pipeline, TestContext.Current.CancellationToken);

        Assert.Equal(one.Example.IsLimited, second > Some.Now);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_order_that_arrived_may_be_sent_again(string name)
    {
        using var one = new DestinationUnderTest(name);
        one.Server.Answer = one.Example.Again;

        var reply = await one.SendAsync(sends: 2);

        Assert.True(reply.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Duplicate, $"{reply.Outcome}: {reply.Detail}");
        Assert.NotNull(reply.OrderId);
        Assert.InRange(one.Server.Calls.Count(one.Example.IsOrder), 0, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_shows_no_secret(string name)
    {
        using var one = new DestinationUnderTest(name);
        var preview = one.Destination.Preview(one.Pipeline, one.Order());
        one.Server.Answer = _ => one.Example.Rejected;
        var rejected = await one.SendAsync();
        one.Server.Answer = _ => new StubAnswer(401, "");
        var denied = await one.SendAsync();
        one.Server.Fault = StubFault.BrokenOff;
        var lost = await one.SendAsync();

        string?[] shown =
        [
            preview.Address, preview.ToString(), .. preview.Form.Select(field => field.Value), .. one.Pipeline.Settings.Select(setting => setting.Value),
            rejected.ToString(), rejected.Detail, denied.ToString(), denied.Detail, lost.ToString(), lost.Detail,
        ];
        Assert.All(one.Example.Secrets, secret => Assert.All(shown, text => Assert.DoesNotContain(secret, text ?? "", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_preview_is_what_is_sent(string name)
    {
        using var one = new DestinationUnderTest(name);

        var preview = one.Destination.Preview(one.Pipeline, one.Order());
        await one.SendAsync();

        Assert.Equal(one.Server.Calls[0].Address.Host, new Uri(preview.Address).Host);
        Assert.Contains(preview.Form, field => field.Value.Contains(Phone, StringComparison.Ordinal));
        Assert.DoesNotContain(Phone, preview.Address, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, preview.ToString(), StringComparison.Ordinal);
    }
}
