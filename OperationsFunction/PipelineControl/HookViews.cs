using UonOfferum.OperationsFunction.Hooks;
using UonOfferum.Shared.Hooks;

namespace UonOfferum.OperationsFunction.PipelineControl;

/// <param name="At">When the cabinet was checked; null: just now.</param>
/// <param name="Ok">Every webhook calls this pipeline by POST.</param>
/// <param name="Code">What is wrong, the worst first; null when nothing is.</param>
/// <param name="Message">Why the list could not be read or a webhook could not be created; null: nothing failed.</param>
/// <param name="Items">One for each event that the pipeline accepts.</param>
public sealed record HooksView(DateTimeOffset? At, bool Ok, string? Code, string? Message, IReadOnlyList<HookView> Items)
{
    internal static HooksView Of(HookReport report, DateTimeOffset? at = null) =>
        new(at, report.Code is null, report.Code, report.Problem, [.. report.Items.Select(HookView.Of)]);

    internal static HooksView? Of(SeenHooks? seen) => seen is null ? null : Of(seen.Report, seen.At);
}

/// <param name="TypeId">U-ON's number of the event.</param>
/// <param name="Url">Its target address, the secret masked; null when there is none.</param>
/// <param name="State"><c>present</c>, <c>missing</c>, <c>elsewhere</c>, <c>method</c>, <c>created</c> or <c>fixed</c>.</param>
/// <param name="Message">What is wrong and the remedy, or what was done.</param>
public sealed record HookView(int TypeId, string? Url, string State, string Message)
{
    internal static HookView Of(HookItem item) => new(
        item.TypeId,
        item.Url,
        item.State switch
        {
            HookState.Present => "present",
            HookState.Missing => "missing",
            HookState.Elsewhere => "elsewhere",
            HookState.Method => "method",
            HookState.Created => "created",
            HookState.Fixed => "fixed",
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.State, "Not a state of a webhook."),
        },
        item.Message);
}

/// <summary>The result of registration, one item for each event of new records.</summary>
public sealed record RegisteredHooksView(IReadOnlyList<HookView> Items);
