namespace UonOfferum.Shared.Configuration;

/// <summary>A pipeline whose settings cannot be used. Other pipelines run; its own work waits until an operator fixes the settings.</summary>
/// <param name="Name">As configured; the name itself may be invalid.</param>
/// <param name="WebhookSecrets">The readable secrets, so that its cabinet gets "retry later" instead of "not found".</param>
/// <param name="PostbackSecrets">Likewise.</param>
/// <param name="Problems">All problems, each with its key and the remedy, without any secret value.</param>
public sealed record InvalidPipeline(
    string Name, IReadOnlyList<string> WebhookSecrets, IReadOnlyList<string> PostbackSecrets, IReadOnlyList<string> Problems)
{
    /// <summary>How long its messages wait before the next check; a fixed app resumes them within this time.</summary>
    public static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(30);

    /// <summary>A secret of its addresses could not be read, so webhooks or postbacks cannot be authenticated: every sender gets "retry later".</summary>
    public bool SecretsAreUnknown { get; init; }

    /// <summary>The revision that cannot be used; null for a pipeline kept as code.</summary>
    public int? Revision { get; init; }

    /// <summary>Archived on the page: nobody expects it to run.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Name}, {Problems.Count} problem(s)";
}
