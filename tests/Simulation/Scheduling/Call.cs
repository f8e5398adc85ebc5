using UonOfferum.Tests.Simulation.Host;

namespace UonOfferum.Tests.Simulation.Scheduling;

/// <summary>A call of an instance to the outside: storage, U-ON, a destination. It waits until the scheduler delivers it.</summary>
internal abstract class Call(Instance owner, string what)
{
    public Instance Owner { get; } = owner;

    /// <summary>For the history; contains nothing that differs between two runs of a seed.</summary>
    public string What { get; } = what;

    /// <summary>The calling function.</summary>
    public Invocation? By { get; } = Invocation.Current;

    /// <summary>No caller waits for it any longer.</summary>
    public bool IsAbandoned { get; protected set; }

    /// <summary>The faults that may be injected.</summary>
    public abstract IReadOnlyList<Fault> Faults { get; }

    /// <summary>It arrives and takes effect; the answer is kept.</summary>
    /// <returns>The answer in a word, for the history.</returns>
    public abstract string Arrive();

    /// <summary>The caller gets the kept answer.</summary>
    public abstract void Reply();

    /// <summary>The caller gets the result of this fault; <see cref="Arrive"/> was called before if the fault lets the call arrive.</summary>
    public abstract void Fail(Fault fault);
}

/// <summary>What the scheduler may do to a call.</summary>
internal enum Fault
{
    None,

    /// <summary>The instance is killed before the call arrives.</summary>
    KillBefore,

    /// <summary>The instance is killed after the call arrived, before it sees the answer.</summary>
    KillAfter,

    /// <summary>No connection: nothing arrives.</summary>
    NoConnection,

    /// <summary>A connection takes too long: nothing arrives.</summary>
    ConnectTimeout,

    /// <summary>It goes out and is lost on the way.</summary>
    LostRequest,

    /// <summary>It arrives; its answer is lost and the connection ends.</summary>
    LostReply,

    /// <summary>It is lost on the way without an error.</summary>
    SilentLoss,

    /// <summary>It arrives, and no answer ever comes.</summary>
    SilentReply,

    /// <summary>It arrives long after its caller gave up.</summary>
    LateArrival,

    /// <summary>It arrives, and the answer takes long.</summary>
    SlowReply,

    /// <summary>503 without effect.</summary>
    Busy,

    /// <summary>500 without effect.</summary>
    ServerError,

    /// <summary>412 (or 409) although nobody else wrote.</summary>
    Conflict,
}

/// <summary>What a fault means.</summary>
internal static class FaultRules
{
    public static bool Kills(this Fault fault) => fault is Fault.KillBefore or Fault.KillAfter;

    public static bool Arrives(this Fault fault) => fault is Fault.None or Fault.KillAfter or Fault.LostReply or Fault.SilentReply or Fault.SlowReply;
}
