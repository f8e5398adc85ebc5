using CsCheck;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.StateMachine;

namespace UonOfferum.Tests.Unit;

/// <summary>
/// The whole state machine under random crashes, redeliveries, doubled messages, lost answers, races, passing time, webhooks, holds
/// and operators. What must hold of every single write is in <see cref="Rules"/>.
/// </summary>
public sealed class StateMachineTests
{
    private static readonly Gen<byte[]> Scripts = Gen.Byte.Array[0, 250];

    [Fact]
    public void With_hold_no_order_is_taken_twice() => Live(Some.Hold, operators: false, networks: 1, world =>
        Assert.True(world.Outside.Arrived(Some.Destination) <= 1));

    [Fact]
    public void With_resend_one_doubt_costs_at_most_one_more_order() => Live(Some.Resend, operators: false, networks: 1, world =>
        Assert.True(world.Outside.Arrived(Some.Destination) <= 2));

    [Fact]
    public void An_operator_who_sends_in_doubt_adds_at_most_one_order_each_time()
    {
        foreach (var (policy, most) in new[] { (Some.Hold, 1), (Some.Resend, 2) })
        {
            Live(policy, operators: true, networks: 1, world =>
                Assert.True(world.Outside.Arrived(Some.Destination) <= most + world.SentInDoubt.GetValueOrDefault(Some.Destination)));
        }
    }

    [Fact]
    public void What_one_network_does_never_makes_another_take_an_order_twice() => Live(Some.Hold, operators: true, networks: 2, world =>
        Assert.All(world.Destinations, d =>
            Assert.True(world.Outside.Arrived(d.Name) <= 1 + world.SentInDoubt.GetValueOrDefault(d.Name))));

    [Fact]
    public void What_needs_an_operator_notifies_one() => Live(Some.Resend, operators: true, networks: 1, world =>
    {
        var operation = world.Journal.Operation!;
        if (operation.Enrichment == EnrichmentState.Failed)
        {
            Assert.Contains((QueueNames.UonRecords, operation.Run, operation.Attempt), world.Alerts);
        }
        else if (operation.Enrichment == EnrichmentState.Enriched && operation.DeliveryTo(Some.Destination) is { } delivery && delivery.State.NeedsOperator())
        {
            Assert.Contains((world.Destinations[0].Queue, operation.Run, delivery.Attempt), world.Alerts);
        }
    });

    [Fact]
    public void A_failure_at_one_network_notifies_whatever_happens_at_another() => Live(Some.Hold, operators: true, networks: 2, world =>
    {
        var operation = world.Journal.Operation!;
        Assert.All(
            world.Destinations.Where(d => operation.DeliveryTo(d.Name) is { } delivery && delivery.State.NeedsOperator()),
            d => Assert.Contains(world.Alerts, a => (a.Queue, a.Attempt) == (d.Queue, operation.DeliveryTo(d.Name)!.Attempt)));
    });

    /// <summary>Lives through many stories; each has to come to rest with no outbox message and nothing held.</summary>
    private static void Live(DeliveryPolicy policy, bool operators, int networks, Action<World> check)
    {
        Named[] destinations = [new Named(Some.Destination), new Named(Some.Other)];
        Scripts.Sample(
            bytes =>
            {
                var world = new World(new Script(bytes), policy, destinations[..networks], operators);
                try
                {
                    world.Live();
                    Assert.Empty(Outbox.Of(world.Journal.Operation!));
                    Assert.NotEqual(OperationState.Held, world.Journal.Operation!.State);
                    check(world);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException(string.Join(Environment.NewLine, world.Story), e);
                }
            },
            // A longer look: CsCheck_Iter=100000.
            iter: Math.Max(400, Check.Iter));
    }
}
