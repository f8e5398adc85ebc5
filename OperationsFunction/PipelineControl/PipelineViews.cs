namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The pipelines with their effective settings.</summary>
public sealed record PipelineListView(IReadOnlyList<PipelineView> Items);

/// <param name="Name">The pipeline's.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>stopped</c>, <c>draft</c> (never published), <c>archived</c>, or <c>invalid</c>: its settings cannot be used, and it does not run.</param>
/// <param name="Problems">What is wrong, and the remedy.</param>
/// <param name="Settings">All of them; secrets are masked.</param>
/// <param name="Breakers">Circuit breakers that are open.</param>
/// <param name="WebhookPath">For U-ON; the secret is masked.</param>
/// <param name="PostbackPath">For the network; null: no postback is taken.</param>
public sealed record PipelineView(
    string Name,
    string State,
    IReadOnlyList<string> Problems,
    IReadOnlyList<SettingView> Settings,
    IReadOnlyList<BreakerStatusView> Breakers,
    string WebhookPath,
    string? PostbackPath)
{
    /// <summary>For people; the name where nobody gave another.</summary>
    public required string Title { get; init; }

    /// <summary><c>code</c> (settings, <c>pipelines.json</c>) or <c>page</c>.</summary>
    public required string Home { get; init; }

    /// <summary>The one in force; null: kept as code, or never published.</summary>
    public int? Revision { get; init; }

    /// <summary>It takes new records.</summary>
    public bool Running { get; init; }

    /// <summary>There is a draft that differs from what is in force.</summary>
    public bool Draft { get; init; }

    /// <summary>Put away; its operations stay.</summary>
    public bool Archived { get; init; }

    /// <summary>What an operator should know, and no problem.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The webhooks of the U-ON cabinet when it was last looked at; null: never yet.</summary>
    public HooksView? Hooks { get; init; }

    /// <summary>The former name of <see cref="Breakers"/>, kept for one version.</summary>
    public IReadOnlyList<BreakerStatusView> Gates => Breakers;
}

public sealed record SettingView(string Key, string Value, bool IsDefault);

/// <summary>The whole addresses, secrets included: for the one who sets them in the cabinets.</summary>
public sealed record AddressesView(string Webhook, string? Postback)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(AddressesView);
}

/// <param name="Checks">The credentials of U-ON and of each destination.</param>
public sealed record ChecksView(IReadOnlyList<CheckView> Checks)
{
    /// <summary>The webhooks of the U-ON cabinet; null for a draft, whose address is not in force.</summary>
    public HooksView? Hooks { get; init; }
}

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
    string Outcome, string State, string? Code, string? Message, IReadOnlyDictionary<string, string> Fields, OrderView? Order)
{
    /// <summary>What would be sent to each destination; <see cref="Order"/> is the first of them.</summary>
    public IReadOnlyList<OrderView> Orders { get; init; } = [];
}

public sealed record OrderView(string Destination, string Url, IReadOnlyDictionary<string, string> Form);
