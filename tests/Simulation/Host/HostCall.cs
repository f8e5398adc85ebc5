using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>The platform's own queue call after a function: completes, hides or dead-letters the message.</summary>
internal sealed class HostCall(Instance owner, string what, Func<bool> work) : Call(owner, what)
{
    private static readonly Fault[] All = [Fault.KillBefore, Fault.KillAfter, Fault.LostReply, Fault.SilentLoss];

    private readonly TaskCompletionSource _done = new();

    public Task Done => _done.Task;

    public override IReadOnlyList<Fault> Faults => All;

    public override string Arrive() => work() ? "done" : "no longer ours";

    public override void Reply() => _done.TrySetResult();

    public override void Fail(Fault fault) => _done.TrySetResult();
}
