using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.LocalHost;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <summary>LocalHost around a few functions, with queues of its own and short times.</summary>
internal static class TestHost
{
    public static string NewName() => "t" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    public static Task<LocalHostApp> StartAsync(
        AzuriteFixture azurite, string queue, object state, Type[] functions, params (string Key, string Value)[] settings) =>
        StartAsync(azurite.ConnectionString, queue, state, functions, settings);

    public static Task<LocalHostApp> StartAsync(
        string storage, string queue, object state, Type[] functions, params (string Key, string Value)[] settings) =>
        LocalHostApp.StartAsync(
            ["--urls", "http://127.0.0.1:0"],
            configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>(
                settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)), StringComparer.OrdinalIgnoreCase)
            {
                ["AzureWebJobsStorage"] = storage,
                ["TEST_QUEUE"] = queue,
            }),
            new HostedApp(functions, builder => builder.Services.AddSingleton(state.GetType(), state)));

    public static QueueClient Queue(AzuriteFixture azurite, string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>Waits for what must happen; the time is only how long a broken test takes.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));
}

/// <summary>What the test functions saw and what they are to do.</summary>
internal sealed class Calls
{
    public ConcurrentQueue<QueueMessage> Messages { get; } = new();

    public Func<QueueMessage, CancellationToken, Task> OnMessage { get; set; } = (_, _) => Task.CompletedTask;

    public async Task TakeAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        Messages.Enqueue(message);
        await OnMessage(message, cancellationToken);
    }
}
