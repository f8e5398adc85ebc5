using Microsoft.Extensions.Configuration;

namespace UonOfferum.Shared.Configuration;

/// <summary>Whether pipelines may be made on the page: <c>Pipelines:Editing</c>, and where their secrets go: <c>Editing:VaultUri</c>.</summary>
/// <param name="IsOn"><c>on</c> (default). Off: the page is read-only.</param>
/// <param name="VaultUri">A Key Vault; null: secrets are encrypted in the table.</param>
public sealed record EditingSettings(bool IsOn, Uri? VaultUri)
{
    /// <summary>
    /// False for LocalHost's demo only: it shares its storage with pipelines that the developer created on the page, and those reach real cabinets.
    /// </summary>
    public bool ReadsStore { get; init; } = true;

    private const string StoreKey = "Editing:Store";

    /// <summary>A key in <see cref="PipelineReader.Section"/> that is not a pipeline.</summary>
    public const string Switch = "Editing";

    public const string VaultKey = "Editing:VaultUri";

    private static readonly string SwitchKey = $"{PipelineReader.Section}:{Switch}";

    public static EditingSettings Read(IConfiguration configuration)
    {
        var reads = !IsOff(configuration[StoreKey]);
        return new EditingSettings(
            reads && !IsOff(configuration[SwitchKey]),
            configuration[VaultKey] is { Length: > 0 } text && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null)
        { ReadsStore = reads };
    }

    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (configuration[SwitchKey]?.Trim() is { Length: > 0 } text && text.ToUpperInvariant() is not ("ON" or "OFF"))
        {
            yield return $"{SwitchKey}: '{text}' is not one of on, off.";
        }

        if (configuration[VaultKey] is { Length: > 0 } vault && !(Uri.TryCreate(vault, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
        {
            yield return $"{VaultKey}: '{vault}' is not an https address. Write the vault's address, such as https://kv-example.vault.azure.net/, or omit it.";
        }
    }

    private static bool IsOff(string? text) => "off".Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the section is the switch rather than a pipeline.</summary>
    internal static bool IsSwitch(IConfigurationSection section) =>
        section.Key.Equals(Switch, StringComparison.OrdinalIgnoreCase) && !section.GetChildren().Any();
}
