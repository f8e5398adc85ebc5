namespace UonOfferum.Shared.Hooks;

/// <summary>The state of the cabinet's webhook for one event. The names are stored and used in the API, in lower case.</summary>
public enum HookState
{
    /// <summary>It calls this pipeline by POST.</summary>
    Present,

    /// <summary>No webhook of this event calls this app.</summary>
    Missing,

    /// <summary>A webhook of this event calls this app's route with another secret, or at another address.</summary>
    Elsewhere,

    /// <summary>It calls this pipeline, but not by POST: the client's data is then part of addresses.</summary>
    Method,

    /// <summary>It has just been created.</summary>
    Created,

    /// <summary>It has just been corrected.</summary>
    Fixed,
}
