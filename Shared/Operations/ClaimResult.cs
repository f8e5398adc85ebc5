namespace UonOfferum.Shared.Operations;

/// <summary>What came of one claim. The names are stored.</summary>
public enum ClaimResult
{
    Delivered,
    Duplicate,
    Rejected,
    Unconfirmed,

    /// <summary>Sent, and nobody knows whether it arrived. A definite answer may still replace this.</summary>
    Uncertain,

    /// <summary>Not taken: the destination refuses every order at present.</summary>
    Held,

    /// <summary>Not taken, or never sent under this claim; another try follows.</summary>
    Waiting,

    /// <summary>Not taken, and no try is left.</summary>
    Failed,
}
