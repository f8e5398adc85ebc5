using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Options for running one seed.</summary>
public sealed record RunOptions
{
    /// <summary>Keeps the lines of the history.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Faults with these numbers do not happen; the shrinker looks for those that matter.</summary>
    public IReadOnlySet<int>? FaultsLeftOut { get; init; }

    /// <summary>Actions of the plan with these numbers do not happen.</summary>
    public IReadOnlySet<int>? ActionsLeftOut { get; init; }

    /// <summary>Changes the services of every instance: a deliberate bug.</summary>
    public Action<IServiceCollection>? Tamper { get; init; }

    /// <summary>Null: the seed draws it.</summary>
    public Scenario? Scenario { get; init; }

    internal bool LeavesOut(int fault) => FaultsLeftOut?.Contains(fault) == true;

    internal bool LeavesOutAction(int action) => ActionsLeftOut?.Contains(action) == true;
}
