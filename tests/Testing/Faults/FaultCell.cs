namespace UonOfferum.Testing.Faults;

/// <summary>How long a fault lasts.</summary>
public enum FaultSpan
{
    /// <summary>One answer.</summary>
    Once,

    /// <summary>Three answers in a row, fewer than the retries.</summary>
    ForAWhile,

    /// <summary>Every answer.</summary>
    ForEver,
}

/// <summary>Whose fault it is, and for Offerum what is done with an order of which nobody knows.</summary>
public enum FaultStage
{
    Uon,
    OfferumResend,
    OfferumHold,

    /// <summary>U-ON, when an outcome is written back: the state is that of the write-back, not of the sale.</summary>
    UonWrite,
}

/// <summary>One fault of a simulator for one lead.</summary>
/// <param name="Stage">Where it happens.</param>
/// <param name="Fault">The name of the simulator's fault or reply.</param>
/// <param name="Span">How long it lasts.</param>
public sealed record FaultCell(FaultStage Stage, string Fault, FaultSpan Span);

/// <summary>What became of the lead.</summary>
/// <param name="State">Its final state; <c>Held</c> and <c>Waiting</c> where the fault lasts for ever and the app never gives up.</param>
/// <param name="Code">The error code that goes with it.</param>
/// <param name="Posts">Orders posted.</param>
/// <param name="Orders">New orders the network has.</param>
public sealed record FaultResult(string State, string? Code, int Posts, int Orders)
{
    public override string ToString() => Code is null ? State : $"{State} `{Code}`";
}
