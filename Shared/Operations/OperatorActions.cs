namespace UonOfferum.Shared.Operations;

/// <summary>What an operator may do.</summary>
[Flags]
public enum OperatorActions
{
    None = 0,

    /// <summary>Fetch the record again, then send.</summary>
    ReplayEnrich = 1,

    /// <summary>Send the fields that were already read.</summary>
    ReplaySend = 2,

    /// <summary>Correct fields, then send.</summary>
    Edit = 4,

    /// <summary>Mark delivered, or discard.</summary>
    Resolve = 8,
}
