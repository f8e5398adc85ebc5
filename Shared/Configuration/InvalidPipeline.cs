namespace UonOfferum.Shared.Configuration;

/// <summary>A pipeline whose settings cannot be used. The others run; its own work waits until an operator fixes them.</summary>
/// <param name="Name">As configured; it may be the very thing that is wrong.</param>
/// <param name="WebhookSecrets">Those that can be read, so that its cabinet is told to come back instead of "not found".</param>
/// <param name="PostbackSecrets">Likewise.</param>
/// <param name="Problems">Everything that is wrong, each with its key and the remedy, and no value of a secret.</param>
public sealed record InvalidPipeline(
    string Name, IReadOnlyList<string> WebhookSecrets, IReadOnlyList<string> PostbackSecrets, IReadOnlyList<string> Problems)
{
    /// <summary>How long its messages wait before the next check; a fixed app resumes them within this time.</summary>
    public static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(30);

    /// <summary>Its secrets could not be read, so nobody can tell whether a webhook knows them: every one is told to come back.</summary>
    public bool SecretsAreUnknown { get; init; }

    /// <summary>The revision that cannot be used; null for a pipeline kept as code.</summary>
    public int? Revision { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Name}, {Problems.Count} problem(s)";
}
