using UonOfferum.Shared.Gates;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <param name="Destination"><c>uon</c>, a destination's name, or <c>pipeline</c> for a pause of the whole.</param>
/// <param name="Closed">Nothing passes.</param>
/// <param name="Why"><c>hold</c> (wrong key or flow), <c>outage</c> or <c>paused</c>.</param>
/// <param name="Code">The error code; null for a pause.</param>
/// <param name="Message">For a person.</param>
/// <param name="Since">When it was closed.</param>
/// <param name="NextProbeAt">When the credentials are tried again; null: only a person opens it.</param>
public sealed record GateStatusView(
    string Destination, bool Closed, string Why, string? Code, string? Message, DateTimeOffset Since, DateTimeOffset? NextProbeAt);

/// <summary>The closed gates of a pipeline, as people ask for them.</summary>
public sealed class GateStatus(GateStore gates)
{
    private const string Outage = "-unavailable";

    public async Task<IReadOnlyList<GateStatusView>> ClosedAsync(string pipeline, CancellationToken cancellationToken) =>
        [.. (await gates.ReadAsync(pipeline, cancellationToken)).Where(g => g.Closed).Select(View)];

    public static bool IsPaused(IEnumerable<GateStatusView> closed) => closed.Any(g => g.Destination == Gate.Pipeline);

    /// <summary>What a person has to mend: a pause is none of it.</summary>
    public static IReadOnlyList<string> Problems(IEnumerable<GateStatusView> closed) =>
        [.. closed.Where(g => g.Code is not null && g.Message is { Length: > 0 }).Select(g => g.Message!)];

    internal static GateStatusView View(Gate gate) => new(
        gate.Name,
        gate.Closed,
        gate.IsPause ? "paused" : gate.Code!.EndsWith(Outage, StringComparison.Ordinal) ? "outage" : "hold",
        gate.IsPause ? null : gate.Code,
        gate.Message,
        gate.Since,
        gate.ProbeAt);
}
