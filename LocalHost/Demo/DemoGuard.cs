using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost.Storage;

namespace UonOfferum.LocalHost.Demo;

/// <summary>The demo stays on this machine. A setting that points elsewhere stops it before anything is sent.</summary>
internal static class DemoGuard
{
    // A developer's environment may hold settings for other purposes (alerts, telemetry, identities); the demo ignores them.
    private static readonly string[] Kept = ["LocalHost", "AzureWebJobsStorage", "AzureFunctionsJobHost", "Journal"];

    /// <summary>Removes all settings except those that the host itself needs.</summary>
    public static void KeepHostSettingsOnly(IConfigurationBuilder builder)
    {
        var kept = ((IConfiguration)builder).AsEnumerable()
            .Where(pair => Kept.Contains(pair.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase))
            .ToList();
        builder.Sources.Clear();
        builder.AddInMemoryCollection(kept);
    }

    /// <exception cref="LocalHostException">The address belongs to another machine, or accepts connections from other machines.</exception>
    public static void RequireLoopback(string what, Uri address)
    {
        if (!address.IsLoopback)
        {
            throw new LocalHostException(
                $"The demo runs on this machine only, and {what} is {address.Host}. "
                + "Use 127.0.0.1, or configure a pipeline (Pipelines__main__…) to run for real.");
        }
    }

    public static void RequireLoopbackStorage(IConfiguration settings)
    {
        if (!StorageAccounts.IsConfigured(settings))
        {
            return;
        }

        var connection = settings[StorageAccounts.Default]
            ?? throw new LocalHostException(
                $"The demo runs on this machine only, and {StorageAccounts.Default}__… names an account elsewhere. "
                + "Unset it, or configure a pipeline (Pipelines__main__…) to run for real.");
        RequireLoopback(StorageAccounts.Default, new QueueServiceClient(connection).Uri);
        RequireLoopback(StorageAccounts.Default, new TableServiceClient(connection).Uri);
    }
}
