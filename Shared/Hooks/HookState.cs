namespace UonOfferum.Shared.Hooks;

/// <summary>How the cabinet's webhook for one event stands. The names are stored and stand in the API, in lower case.</summary>
public enum HookState
{
    /// <summary>It calls this pipeline by POST.</summary>
    Present,

    /// <summary>No webhook of this event calls this app.</summary>
    Missing,

    /// <summary>A webhook of this event calls this app's route with another secret, or at another address.</summary>
    Elsewhere,

    /// <summary>It calls this pipeline, but not by POST: the client's data then stands in addresses.</summary>
    Method,

    /// <summary>It was made just now.</summary>
    Created,

    /// <summary>It was corrected just now.</summary>
    Fixed,
}
