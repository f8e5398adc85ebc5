namespace UonOfferum.Shared.Hooks;

/// <param name="TypeId">U-ON's number of the event.</param>
/// <param name="State">The webhook's state.</param>
/// <param name="Url">Its target address, the secret masked; null when there is none.</param>
/// <param name="Message">What is wrong and the remedy, or what was done; no secret.</param>
public sealed record HookItem(int TypeId, HookState State, string? Url, string Message)
{
    /// <summary>Webhooks of this event arrive.</summary>
    public bool Works => State is not (HookState.Missing or HookState.Elsewhere);
}

/// <summary>The cabinet's webhooks that concern one pipeline.</summary>
/// <param name="Items">One for each event that the pipeline accepts; empty when the list could not be read.</param>
/// <param name="Problem">Why the list could not be read or a webhook could not be created; null: nothing failed.</param>
public sealed record HookReport(IReadOnlyList<HookItem> Items, string? Problem)
{
    public const string Missing = "uon-hook-missing", Elsewhere = "uon-hook-elsewhere", Method = "uon-hook-method", Unknown = "uon-hooks-unknown";

    /// <summary>What is wrong, the worst first; null: every webhook calls this pipeline by POST.</summary>
    public string? Code =>
        Items.Any(i => i.State == HookState.Missing) ? Missing
        : Items.Any(i => i.State == HookState.Elsewhere) ? Elsewhere
        : Items.Any(i => i.State == HookState.Method) ? Method
        : Problem is not null ? Unknown
        : null;
}
