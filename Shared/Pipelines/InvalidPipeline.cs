namespace UonOfferum.Shared.Pipelines;

/// <summary>A pipeline whose settings cannot be used. The others run; its own work waits until somebody has mended them.</summary>
/// <param name="Name">As configured; it may be the very thing that is wrong.</param>
/// <param name="WebhookSecrets">Those that can be read, so that its cabinet is told to come back instead of "not found".</param>
/// <param name="PostbackSecrets">Likewise.</param>
/// <param name="Problems">Everything that is wrong, each with its key and the remedy, and no value of a secret.</param>
public sealed record InvalidPipeline(
    string Name, IReadOnlyList<string> WebhookSecrets, IReadOnlyList<string> PostbackSecrets, IReadOnlyList<string> Problems)
{
    /// <summary>How long its messages wait before they are looked at again; a mended app takes them up within this time.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Name}, {Problems.Count} problem(s)";
}
