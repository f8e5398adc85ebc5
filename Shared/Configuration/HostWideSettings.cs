using Microsoft.Extensions.Configuration;

namespace UonOfferum.Shared.Configuration;

/// <summary>Checks the settings that do not belong to a pipeline.</summary>
internal static class HostWideSettings
{
    /// <summary>Makes phones searchable without storing them in keys.</summary>
    public const string IndexKey = "Journal:IndexKey";

    // Set by the platform on every function app in Azure.
    private const string AzureSite = "WEBSITE_SITE_NAME";

    // The platform repeats every app setting under this prefix.
    private const string PlatformCopy = "APPSETTING_";

    private const int MinIndexKey = 16;

    public static IEnumerable<string> Problems(IConfiguration configuration) =>
        [.. IndexKeyProblems(configuration), .. PublicAddress.Problems(configuration), .. UnresolvedReferences(configuration)];

    public static bool IsOnAzure(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[AzureSite]);

    private static IEnumerable<string> IndexKeyProblems(IConfiguration configuration)
    {
        var key = configuration[IndexKey];
        if (string.IsNullOrWhiteSpace(key) && IsOnAzure(configuration))
        {
            yield return $"{IndexKey}: is missing. It makes phones searchable without storing them in keys; make one with: openssl rand -hex 32";
        }
        else if (key is { Length: > 0 and < MinIndexKey })
        {
            yield return $"{IndexKey}: is shorter than {MinIndexKey} characters. Make one with: openssl rand -hex 32";
        }
    }

    /// <summary>Excludes those of pipelines, because they must not stop other pipelines.</summary>
    private static IEnumerable<string> UnresolvedReferences(IConfiguration configuration) =>
        configuration.AsEnumerable()
            .Where(setting => VaultReference.IsUnresolved(setting.Value))
            .Select(setting => setting.Key)
            .Where(key => !key.StartsWith($"{PipelineReader.Section}:", StringComparison.OrdinalIgnoreCase) && !key.StartsWith(PlatformCopy, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{key}: {VaultReference.Remedy}");
}
