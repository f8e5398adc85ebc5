using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Settings;

/// <summary>Resolves <c>%SETTING%</c> in queue names and schedules.</summary>
internal static partial class SettingNames
{
    public static string Resolve(IConfiguration settings, string function, string text) => Percent().Replace(text, match =>
        settings[match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } value
            ? value
            : throw new LocalHostException($"{function} needs the setting {match.Groups["name"].Value}, which has no value."));

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Percent();
}
