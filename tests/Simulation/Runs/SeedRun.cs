using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Judging;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>The result of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Digest">Digest of everything that happened.</param>
/// <param name="Violations">Violated invariants; empty: the run passed.</param>
/// <param name="Steps">Lines of the history.</param>
/// <param name="Faults">Faults that were injected.</param>
/// <param name="Actions">The planned actions of people and webhooks.</param>
/// <param name="History">The lines, if they were kept.</param>
/// <param name="Failures">Exceptions of functions, if the history was kept.</param>
public sealed record RunResult(
    ulong Seed, ulong Digest, IReadOnlyList<string> Violations, int Steps, int Faults, int Actions, IReadOnlyList<string> History, IReadOnlyList<string> Failures);

/// <summary>Runs one seed: a phase with faults, a phase without, then the checks.</summary>
public sealed class SeedRun
{
    private const int MaxSteps = 6_000;
    private const int MaxRounds = 120;

    // Reconcile first finishes an interrupted pass, then does a full one; it runs four times an hour.
    private const int QuietRounds = 4;

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(17);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private readonly World _world;
    private readonly Actors _actors;
    private readonly Choices _timers;
    private int _steps;

    private SeedRun(ulong seed, RunOptions options)
    {
        _world = new World(seed, options);
        _actors = new Actors(_world, options);
        _timers = new Choices(seed).Fork(9);
    }

    public static RunResult Run(ulong seed, RunOptions? options = null)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new SeedRun(seed, options ?? new RunOptions()).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private RunResult Run()
    {
        var violations = new List<string>();
        try
        {
            for (var i = 0; i < _world.Scenario.Instances; i++)
            {
                _world.StartInstance();
            }

            Disturb();
            if (!Calm())
            {
                violations.Add("It does not come to rest.");
            }

            violations.AddRange(Judge.Rested(_world, _actors));
            Age();
            violations.AddRange(Judge.Aged(_world, _actors));
            var late = new Choices(_world.Seed).Fork(10);
            if (violations.Count == 0 && late.OneIn(2))
            {
                ComeLate(late, violations);
            }
        }
#pragma warning disable CA1031 // Whatever breaks one world, the seed that shows it is what is wanted.
        catch (Exception e)
#pragma warning restore CA1031
        {
            violations.Add($"The simulated world broke down: {e}");
        }

        foreach (var instance in _world.Alive)
        {
            instance.Kill();
        }

        foreach (var violation in violations)
        {
            _world.Log("VIOLATION " + violation);
        }

        return new RunResult(_world.Seed, _world.History.Digest, violations, _world.History.Count, _world.FaultCount, _actors.Count, _world.History.Lines, _world.Failures);
    }

    private void Disturb()
    {
        var end = _world.Clock.Now + _world.Scenario.Length;
        while (_steps++ < MaxSteps && (_world.Clock.Now < end || _actors.Next is not null))
        {
            _actors.Act();
            if (_world.Step())
            {
                if (_timers.OneIn(100))
                {
                    RunTimer(_timers.Of(FunctionTable.Timers));
                }

                continue;
            }

            if (new[] { _world.Next(), _actors.Next, end }.Where(at => at > _world.Clock.Now).Min() is not { } next)
            {
                return;
            }

            _world.Clock.AdvanceTo(next);
            foreach (var timer in _world.DueTimers())
            {
                if (_timers.OneIn(5))
                {
                    RunTimer(timer);
                }
            }
        }
    }

    /// <summary>No more faults, all keys correct, all instances restarted; false if the work never ends.</summary>
    private bool Calm()
    {
        _world.Log("CALM");
        _world.Faults = FaultProfile.None;
        _world.Outside.Calm();
        _world.StorageDownUntil.Clear();
        _world.Gone.Clear();
        foreach (var instance in _world.Alive)
        {
            _world.Kill(instance, "to begin the calm");
        }

        _world.StartInstance();
        _world.StartInstance();
        Operators.ResumeAll(_actors, _world);
        var quiet = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            Drain();
            if (_world.IsBusy && _world.Clock.NextDue is { } due)
            {
                _world.Clock.AdvanceTo(due);
            }
            else if (_world.NextMessage() is { } visible)
            {
                _world.Clock.AdvanceTo(visible);
            }
            else
            {
                RunTimers();
                if (_world.NextMessage() is null && !Rows.OfOperations(_world).Any(o => o.IsOpen) && ++quiet >= QuietRounds && !HourCounters.AreBehind(_world))
                {
                    return true;
                }

                _world.Clock.Advance(Overdue);
            }
        }

        return false;
    }

    /// <summary>New personal data comes to operations that had lost theirs, with faults in some worlds, and is removed again.</summary>
    private void ComeLate(Choices choices, List<string> violations)
    {
        _world.Log("LATE");
        Latecomers.Plan(_actors, _world, choices);
        _world.Faults = choices.OneIn(2) ? _world.Scenario.Faults : FaultProfile.None;
        Disturb();
        if (!Calm())
        {
            violations.Add("It does not come to rest again.");
        }

        violations.AddRange(Judge.RestedAgain(_world, _actors));
        Age();
        violations.AddRange(Judge.Aged(_world, _actors));
    }

    /// <summary>Moves the clock past the retention of personal data.</summary>
    private void Age()
    {
        for (var walk = 0; walk < 2; walk++)
        {
            _world.Clock.Advance(Retention + TimeSpan.FromHours(1));
            RunTimers();
        }
    }

    private void RunTimers()
    {
        foreach (var timer in FunctionTable.Timers)
        {
            RunTimer(timer);
            Drain();
        }
    }

    private void Drain()
    {
        while (_world.Step() && _steps++ < 2 * MaxSteps)
        {
            // Until everything waits.
        }
    }

    private void RunTimer(AppFunction timer)
    {
        if (_world.Alive is { Count: > 0 } alive)
        {
            _world.Platform.RunTimer(_timers.Of(alive), timer);
        }
    }
}
