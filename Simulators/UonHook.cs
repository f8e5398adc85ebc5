namespace UonOfferum.Simulators;

/// <summary>One webhook of the simulated cabinet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="TypeId">The event it fires for.</param>
/// <param name="Url">The address it calls.</param>
/// <param name="Method">GET or POST; GET by default.</param>
/// <param name="Note">A free-text note.</param>
public sealed record UonHook(long Id, int TypeId, string Url, string Method, string Note);

/// <summary>One call of a hook.</summary>
/// <param name="Hook">The hook that was called.</param>
/// <param name="RecordId">Of the record it is about.</param>
/// <param name="Status">The receiver's status; null when it did not respond.</param>
/// <param name="Body">The response body.</param>
public sealed record UonHookCall(UonHook Hook, long RecordId, int? Status, string Body);
