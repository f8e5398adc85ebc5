namespace UonOfferum.Simulators;

/// <summary>One webhook of the simulated cabinet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="TypeId">The event it fires for.</param>
/// <param name="Url">What it calls.</param>
/// <param name="Method">GET or POST; GET where nobody said.</param>
/// <param name="Note">Whatever was written beside it.</param>
public sealed record UonHook(long Id, int TypeId, string Url, string Method, string Note);

/// <summary>One call of a hook.</summary>
/// <param name="Hook">Which.</param>
/// <param name="RecordId">Of the record it is about.</param>
/// <param name="Status">What the receiver answered; null when it did not.</param>
/// <param name="Body">Its answer.</param>
public sealed record UonHookCall(UonHook Hook, long RecordId, int? Status, string Body);
