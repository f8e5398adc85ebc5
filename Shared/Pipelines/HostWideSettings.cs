using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Shared.Pipelines;

/// <summary>Checks the settings that belong to no pipeline.</summary>
internal static class HostWideSettings
{
    // Set by the platform on every function app in Azure.
    private const string AzureSite = "WEBSITE_SITE_NAME";

    private const int MinIndexKey = 16;

    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        var key = configuration[PhoneIndex.Setting];
        if (string.IsNullOrWhiteSpace(key) && !string.IsNullOrEmpty(configuration[AzureSite]))
        {
            yield return $"{PhoneIndex.Setting}: is missing. It makes phones searchable without storing them in keys; make one with: openssl rand -hex 32";
        }
        else if (key is { Length: > 0 and < MinIndexKey })
        {
            yield return $"{PhoneIndex.Setting}: is shorter than {MinIndexKey} characters. Make one with: openssl rand -hex 32";
        }
    }
}
