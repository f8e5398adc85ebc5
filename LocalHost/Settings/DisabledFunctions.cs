using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Settings;

/// <summary>Functions switched off as on the platform: <c>AzureWebJobs.{name}.Disabled</c>, or with <c>__</c> where names cannot hold dots.</summary>
internal static class DisabledFunctions
{
    public static bool Contains(IConfiguration settings, string function) =>
        (settings[$"AzureWebJobs.{function}.Disabled"] ?? settings[$"AzureWebJobs:{function}:Disabled"])?.Trim().ToUpperInvariant() is "TRUE" or "1";
}
