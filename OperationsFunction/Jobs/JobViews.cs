namespace UonOfferum.OperationsFunction.Jobs;

public sealed record JobListView(IReadOnlyList<JobView> Items);

/// <param name="Name">The job's.</param>
/// <param name="LastRun">When the last run that ended had started; null: none has.</param>
/// <param name="Duration">How long it took, in seconds.</param>
/// <param name="Error">Why it failed; null when it went well.</param>
/// <param name="Next">When the schedule calls for it; null: it is switched off by <c>Jobs:{name}:Disabled</c>.</param>
/// <param name="Every">Seconds between two runs.</param>
/// <param name="Running">On some instance, now.</param>
/// <param name="Asked">A run was asked for and has not ended yet.</param>
public sealed record JobView(string Name, DateTimeOffset? LastRun, double? Duration, string? Error, DateTimeOffset? Next, int Every, bool Running, bool Asked);
