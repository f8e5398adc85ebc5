namespace UonOfferum.OperationsFunction.Jobs;

public sealed record JobListView(IReadOnlyList<JobView> Items);

/// <param name="Name">The job's.</param>
/// <param name="LastRun">When the last completed run started; null: none has completed.</param>
/// <param name="Duration">How long it took, in seconds.</param>
/// <param name="Error">Why it failed; null when it succeeded.</param>
/// <param name="Next">When it is due next; null: it is disabled by <c>Jobs:{name}:Disabled</c>.</param>
/// <param name="Every">Seconds between two runs.</param>
/// <param name="Running">It is running on some instance now.</param>
/// <param name="Asked">A run was requested and has not ended yet.</param>
public sealed record JobView(string Name, DateTimeOffset? LastRun, double? Duration, string? Error, DateTimeOffset? Next, int Every, bool Running, bool Asked);
