using System.Reflection;
using System.Security.Cryptography;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using UonOfferum.LocalHost;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>LocalHost around the bare app (tests/BareApp), with queues of its own and short times.</summary>
internal static class TestHost
{
    private static readonly string BareApp =
        typeof(TestHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BareApp").Value!;

    public static string NewName() => "t" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    public static Task<LocalHostApp> StartAsync(AzuriteFixture azurite, string queue, Calls calls, params (string Key, string Value)[] settings) =>
        StartAsync(azurite.ConnectionString, queue, calls, settings);

    public static async Task<LocalHostApp> StartAsync(string storage, string queue, Calls calls, params (string Key, string Value)[] settings)
    {
        // Microsoft's listeners do not make the queue that they read.
        await new QueueClient(storage, queue).CreateIfNotExistsAsync();
        return await LocalHostApp.StartAsync(
            ["--urls", "http://127.0.0.1:0"],
            configuration => configuration
                .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
                {
                    ["LocalHost:App"] = BareApp,
                    ["AzureWebJobsStorage"] = storage,
                    ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.200",
                    // The platform's default, on which others rely.
                    ["AzureFunctionsJobHost:extensions:queues:messageEncoding"] = "base64",
                    ["TEST_QUEUE"] = queue,
                    ["TEST_TICK"] = "0 0 0 1 1 *",
                    ["TEST_CALLBACK"] = calls.Address.AbsoluteUri,
                })
                .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))));
    }

    public static QueueClient Queue(AzuriteFixture azurite, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });
}
