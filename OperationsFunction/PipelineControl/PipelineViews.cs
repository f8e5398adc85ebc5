namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The pipelines as they are in force.</summary>
public sealed record PipelineListView(IReadOnlyList<PipelineView> Items);

/// <param name="Name">The pipeline's.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, or <c>invalid</c>: its settings cannot be used, and it does not run.</param>
/// <param name="Problems">What is wrong, and the remedy.</param>
/// <param name="Settings">All of them; secrets are masked.</param>
/// <param name="Gates">Those that are closed.</param>
/// <param name="WebhookPath">For U-ON; the secret is masked.</param>
/// <param name="PostbackPath">For the network; null: no postback is taken.</param>
public sealed record PipelineView(
    string Name,
    string State,
    IReadOnlyList<string> Problems,
    IReadOnlyList<SettingView> Settings,
    IReadOnlyList<GateStatusView> Gates,
    string WebhookPath,
    string? PostbackPath);

public sealed record SettingView(string Key, string Value, bool IsDefault);

/// <summary>The whole addresses, secrets included: for the one who sets them in the cabinets.</summary>
public sealed record AddressesView(string Webhook, string? Postback)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(AddressesView);
}

public sealed record ChecksView(IReadOnlyList<CheckView> Checks);

/// <param name="What"><c>uon</c> or a destination's name.</param>
/// <param name="Ok">It answers and knows us.</param>
/// <param name="Code">What is wrong; null when nothing is.</param>
/// <param name="Message">What it said, and the remedy.</param>
public sealed record CheckView(string What, bool Ok, string? Code, string Message);

/// <param name="Outcome"><c>would-send</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="State">The operation's, had this been a run.</param>
/// <param name="Code">Why it would not be sent.</param>
/// <param name="Message">The same in words, with the remedy.</param>
/// <param name="Fields">What was read; phones and e-mails are masked.</param>
/// <param name="Order">What would be sent; null when nothing would.</param>
public sealed record DryRunView(
    string Outcome, string State, string? Code, string? Message, IReadOnlyDictionary<string, string> Fields, OrderView? Order);

public sealed record OrderView(string Destination, string Url, IReadOnlyDictionary<string, string> Form);
