namespace UonOfferum.OperationsFunction.PipelineControl;

/// <summary>The pipelines with their effective settings.</summary>
public sealed record PipelineListView(IReadOnlyList<PipelineView> Items);

/// <param name="Name">The pipeline's.</param>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>stopped</c>, <c>draft</c> (never published), <c>archived</c>, or <c>invalid</c>: its settings cannot be used, and it does not run.</param>
/// <param name="Problems">What is wrong, and the remedy.</param>
/// <param name="Settings">All of them; secrets are masked.</param>
/// <param name="Breakers">Circuit breakers that are open.</param>
/// <param name="WebhookPath">The address for U-ON; the secret is masked.</param>
/// <param name="PostbackPath">The address for the network; null: no postbacks are accepted.</param>
public sealed record PipelineView(
    string Name,
    string State,
    IReadOnlyList<string> Problems,
    IReadOnlyList<SettingView> Settings,
    IReadOnlyList<BreakerStatusView> Breakers,
    string WebhookPath,
    string? PostbackPath)
{
    /// <summary>The display title; the name if no title was given.</summary>
    public required string Title { get; init; }

    /// <summary><c>code</c> (settings, <c>pipelines.json</c>) or <c>page</c>.</summary>
    public required string Home { get; init; }

    /// <summary>The live revision; null: kept as code, or never published.</summary>
    public int? Revision { get; init; }

    /// <summary>It accepts new records.</summary>
    public bool Running { get; init; }

    /// <summary>There is a draft that differs from the live revision.</summary>
    public bool Draft { get; init; }

    /// <summary>Archived; its operations stay.</summary>
    public bool Archived { get; init; }

    /// <summary>Information for an operator that is not a problem.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The webhooks of the U-ON cabinet when it was last checked; null: not yet checked.</summary>
    public HooksView? Hooks { get; init; }

    /// <summary>The former name of <see cref="Breakers"/>, kept for one version.</summary>
    public IReadOnlyList<BreakerStatusView> Gates => Breakers;
}

public sealed record SettingView(string Key, string Value, bool IsDefault);

/// <summary>The full addresses, secrets included: for the operator who enters them in the cabinets.</summary>
public sealed record AddressesView(string Webhook, string? Postback)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(AddressesView);
}

/// <param name="Checks">The credentials of U-ON and of each destination.</param>
public sealed record ChecksView(IReadOnlyList<CheckView> Checks)
{
    /// <summary>The webhooks of the U-ON cabinet; null for a draft, whose address is not live.</summary>
    public HooksView? Hooks { get; init; }
}

/// <param name="What"><c>uon</c> or a destination's name.</param>
/// <param name="Ok">It responds and accepts the credentials.</param>
/// <param name="Code">What is wrong; null when nothing is.</param>
/// <param name="Message">Its reply, and the remedy.</param>
public sealed record CheckView(string What, bool Ok, string? Code, string Message);

/// <param name="Outcome"><c>would-send</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="State">The state that the operation would have.</param>
/// <param name="Code">Why it would not be sent.</param>
/// <param name="Message">The reason in words, with the remedy.</param>
/// <param name="Fields">The fields as read; phones and e-mails are masked.</param>
/// <param name="Order">The order that would be sent; null when none would.</param>
public sealed record DryRunView(
    string Outcome, string State, string? Code, string? Message, IReadOnlyDictionary<string, string> Fields, OrderView? Order)
{
    /// <summary>What would be sent to each destination; <see cref="Order"/> is the first of them.</summary>
    public IReadOnlyList<OrderView> Orders { get; init; } = [];
}

public sealed record OrderView(string Destination, string Url, IReadOnlyDictionary<string, string> Form);
