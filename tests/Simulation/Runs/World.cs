using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Outside;
using UonOfferum.Tests.Simulation.Scheduling;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>One simulated world: storage, the outside, and the instances, whose every step is chosen from the seed.</summary>
public sealed class World
{
    private const int Slots = 4;

    private readonly List<Call> _calls = [];
    private readonly List<Instance> _instances = [];
    private readonly Choices _order;
    private readonly Dictionary<AppFunction, DateTimeOffset> _timerRuns = [];
    private readonly RunOptions _options;
    private int _starts;

    internal World(ulong seed, RunOptions options)
    {
        (Seed, _options) = (seed, options);
        var choices = new Choices(seed);
        Scenario = options.Scenario ?? Scenario.Of(choices.Fork(1));
        (_order, ChoicesOfFaults, ChoicesOfApp, ChoicesOfActors) = (choices.Fork(2), choices.Fork(3), choices.Fork(4), choices.Fork(5));
        History = new History(options.KeepsHistory);
        Faults = Scenario.Faults;
        // The storage's own clock is as wrong as any other.
        var storageSkew = Faults.MaxSkew * (2 * choices.Fork(7).Share() - 1);
        Tables = new TableApi(() => Clock.Now + storageSkew);
        Queues = new QueueApi(Clock);
        Platform = new Platform(this);
        var cabinet = new Cabinet(Clock, choices.Fork(6)) { FaultEvery = Faults.Servers * 2 };
        Outside = new Internet(cabinet, [.. Scenario.Pipelines.SelectMany((p, n) => p.Destinations.Select((d, m) => Shop(p.Name, d.Name, choices.Fork((ulong)((10 * n) + m + 20)))))]);
        Tables.PageSize = () => Faults.Calls > 0 && ChoicesOfFaults.OneIn(4) ? 1 + ChoicesOfFaults.Below(3) : int.MaxValue;
        foreach (var queue in FunctionTable.ByQueue.Keys.Order(StringComparer.Ordinal))
        {
            // The platform's listeners make the queues they listen to.
            Queues.Open(queue);
        }
    }

    public ulong Seed { get; }

    public Scenario Scenario { get; }

    public History History { get; }

    public Loop Loop { get; } = new();

    public VirtualClock Clock { get; } = new();

    public TableApi Tables { get; }

    public QueueApi Queues { get; }

    /// <summary>What is changed in the services of each instance: the deliberate bugs.</summary>
    public Action<IServiceCollection>? Tamper => _options.Tamper;

    internal Platform Platform { get; }

    internal Internet Outside { get; }

    internal FaultProfile Faults { get; set; }

    /// <summary>False: messages stay in their queues until somebody delivers them by hand.</summary>
    internal bool DeliversMessages { get; init; } = true;

    /// <summary>What is missing in the settings of the instances that start now.</summary>
    internal List<Gone> Gone { get; } = [];

    /// <summary>What was missing at some time.</summary>
    internal HashSet<Gone> EverGone { get; } = [];

    /// <summary>In the settings of the instances that start now, each destination that resends holds, and the other way round.</summary>
    internal bool PoliciesAreSwapped { get; set; }

    /// <summary>When a service of storage answers again, by <c>table</c> and <c>queue</c>.</summary>
    internal Dictionary<string, DateTimeOffset> StorageDownUntil { get; } = new(StringComparer.Ordinal);

    internal Choices ChoicesOfFaults { get; }

    internal Choices ChoicesOfApp { get; }

    internal Choices ChoicesOfActors { get; }

    internal IReadOnlyList<Instance> Alive => _instances.FindAll(i => i.IsAlive);

    /// <summary>Whose call is arriving at storage or outside.</summary>
    internal Invocation? Arriving { get; private set; }

    /// <summary>The answer to what is arriving is lost, or late.</summary>
    internal bool AnswerIsLost { get; private set; }

    /// <summary>Exceptions that functions threw, for whoever reads the history.</summary>
    internal List<string> Failures { get; } = [];

    /// <summary>Faults so far; the shrinker leaves some of them out by their number.</summary>
    internal int FaultCount { get; private set; }

    /// <summary>Told of every call that goes out, before it arrives.</summary>
    internal Action<Call>? Asked { get; set; }

    public void Log(string line) => History.Add(Clock.Elapsed, line);

    internal void Failed(Invocation by, Exception failure)
    {
        if (_options.KeepsHistory)
        {
            Failures.Add($"{by}: {failure}");
        }
    }

    internal void Ask(Call call)
    {
        Loop.RefuseOtherThreads(call.What);
        // What the end of its services sets going in a killed instance goes nowhere.
        if (call.Owner.IsAlive)
        {
            _calls.Add(call);
            Asked?.Invoke(call);
        }
    }

    /// <summary>Starts one more, if there is room.</summary>
    internal void StartInstance()
    {
        var slot = Enumerable.Range(0, Slots).FirstOrDefault(s => _instances.TrueForAll(i => !i.IsAlive || i.Slot != s), -1);
        if (slot < 0)
        {
            return;
        }

        var skew = Faults.MaxSkew * (2 * ChoicesOfFaults.Share() - 1);
        // Whole units of the clock's grid, so that every instance keeps its own milliseconds.
        skew = VirtualClock.ReadingTakes * Math.Round(skew / VirtualClock.ReadingTakes);
        var instance = new Instance(this, slot, ++_starts, AppBuilder.For(Scenario.Settings(Gone, PoliciesAreSwapped)), skew) { PoliciesAreSwapped = PoliciesAreSwapped };
        _instances.Add(instance);
        Log($"i{instance.Number} starts, its clock {instance.Skew.TotalSeconds:0.###} s off");
        Platform.Begin(instance);
    }

    internal void Kill(Instance instance, string why)
    {
        Log($"i{instance.Number} is killed {why}");
        instance.Kill();
        foreach (var call in _calls.FindAll(c => c.Owner == instance))
        {
            _calls.Remove(call);
            // What was on the wire may still arrive.
            if (call is not HostCall && !call.IsAbandoned && ChoicesOfFaults.OneIn(3))
            {
                Log($"i{instance.Number} {call.What}: arrives all the same, {Arrive(call, answerIsLost: true)}");
            }
        }

        Platform.Forget(instance, ChoicesOfFaults);
    }

    /// <summary>Lets one thing happen; false when everything waits for time to pass.</summary>
    internal bool Step()
    {
        while (Clock.TakeDue() is { } timer)
        {
            Loop.Complete(timer.Fire);
        }

        _calls.RemoveAll(c => c.IsAbandoned);
        var alive = Alive;
        var messages = alive.Count > 0 && DeliversMessages ? Platform.Deliverable() : [];
        if (_calls.Count + messages.Count == 0)
        {
            return false;
        }

        Clock.Advance(VirtualClock.ReadingTakes * _order.Below(5));
        if (Faults.Redeliveries > 0 && Platform.Held.Count > 0 && ChoicesOfFaults.OneIn(Faults.Redeliveries))
        {
            var (by, message) = ChoicesOfFaults.Of(Platform.Held);
            (message.IsRenewed, message.VisibleAt) = (false, Clock.Now);
            Log($"{by} loses the lock of message {message.Number}");
            return true;
        }

        var choice = _order.Below(_calls.Count + Math.Min(messages.Count, 2));
        if (choice < _calls.Count)
        {
            Process(_calls[choice]);
        }
        else
        {
            var (queue, message) = _order.Of(messages);
            Platform.Deliver(_order.Of(alive), queue, message);
        }

        return true;
    }

    /// <summary>When something will happen by itself; null: never.</summary>
    internal DateTimeOffset? Next() =>
        new[] { NextMessage(), Clock.NextDue }.Min();

    /// <summary>When the next message becomes visible; null when there is none.</summary>
    internal DateTimeOffset? NextMessage() => Queues.All.Select(q => FunctionTable.ByQueue.ContainsKey(q.Name) ? q.NextVisible : null).Min();

    /// <summary>Some function has not ended.</summary>
    internal bool IsBusy => _calls.Count > 0 || Platform.IsBusy;

    /// <summary>The timers that were due since they last ran; each is then taken as run.</summary>
    internal List<AppFunction> DueTimers()
    {
        var due = new List<AppFunction>();
        foreach (var timer in FunctionTable.Timers)
        {
            var last = _timerRuns.TryGetValue(timer, out var at) ? at : DateTimeOffset.MinValue;
            if (last == DateTimeOffset.MinValue)
            {
                _timerRuns[timer] = Clock.Now;
            }
            else if (timer.Schedule!.GetNextOccurrence(last.UtcDateTime) <= Clock.Now.UtcDateTime)
            {
                _timerRuns[timer] = Clock.Now;
                due.Add(timer);
            }
        }

        return due;
    }

    private void Process(Call call)
    {
        _calls.Remove(call);
        var fault = ChooseFault(call);
        if (fault != Fault.None && call.By is { } by)
        {
            by.Faults++;
        }

        if (fault == Fault.LateArrival)
        {
            call.Fail(fault);
            Log($"i{call.Owner.Number} {call.What}: {fault}");
            Clock.After(ChoicesOfFaults.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3)), () => Log($"i{call.Owner.Number} {call.What}: arrives late, {Arrive(call, answerIsLost: true)}"));
            return;
        }

        var answer = fault.Arrives() ? Arrive(call, answerIsLost: fault != Fault.None) : "";
        Log($"i{call.Owner.Number} {call.What}: {answer}{(fault == Fault.None ? "" : $" {fault}")}");
        if (fault.Kills())
        {
            Kill(call.Owner, fault == Fault.KillBefore ? "before this" : "after this");
            Clock.After(ChoicesOfFaults.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), StartInstance);
            return;
        }

        Loop.Complete(fault == Fault.None ? call.Reply : () => call.Fail(fault));
    }

    private string Arrive(Call call, bool answerIsLost)
    {
        (Arriving, AnswerIsLost) = (call.By, answerIsLost);
        var answer = call.Arrive();
        Arriving = null;
        return answer;
    }

    private Fault ChooseFault(Call call)
    {
        if (call is StorageCall storage && Clock.Now < StorageDownUntil.GetValueOrDefault(storage.Service))
        {
            return ChoicesOfFaults.Of(Fault.Busy, Fault.NoConnection);
        }

        if (!ChoicesOfFaults.OneIn(Faults.Calls))
        {
            return Fault.None;
        }

        var fault = Faults.Kills > 0 && ChoicesOfFaults.OneIn(Faults.Kills)
            ? ChoicesOfFaults.Of(Fault.KillBefore, Fault.KillAfter)
            : ChoicesOfFaults.Of([.. call.Faults.Where(f => !f.Kills())]);
        return _options.LeavesOut(FaultCount++) ? Fault.None : fault;
    }

    private Shop Shop(string pipeline, string destination, Choices choices)
    {
        Shop shop = destination switch
        {
            "offerum" => new OfferumShop(pipeline, Clock, choices),
            "bitrix" or "amo" => new CrmShop(pipeline, destination, Clock, choices),
            _ => new StatusShop(pipeline, destination, Clock, choices),
        };
        (shop.FaultEvery, shop.MaxAnswer) = (Faults.Servers, Faults.MaxAnswer);
        return shop;
    }
}
