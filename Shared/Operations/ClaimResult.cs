namespace UonOfferum.Shared.Operations;

/// <summary>The result of one claim. The names are stored.</summary>
public enum ClaimResult
{
    Delivered,
    Duplicate,
    Rejected,
    Unconfirmed,

    /// <summary>Sent, but it is unknown whether it arrived. A definite reply may still replace this.</summary>
    Uncertain,

    /// <summary>Not accepted: the destination currently refuses every order.</summary>
    Held,

    /// <summary>Not accepted, or never sent under this claim; another attempt follows.</summary>
    Waiting,

    /// <summary>Not accepted, and no attempt is left.</summary>
    Failed,
}
