using System.Net.Http.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Bench;
using UonOfferum.LocalHost;
using UonOfferum.Shared.Chaos;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>Plays one seam: a process stops at its pause point, is killed there, and another goes on with what it left.</summary>
internal sealed class SeamRun(Seam seam, TestBed bed, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(20);

    private PipelineApi? _api;

    public TestBed Bed => bed;

    public PipelineApi Api => _api ?? throw new InvalidOperationException("Nothing runs.");

    public CancellationToken Ends => cancellationToken;

    public static async Task PlayAsync(AzuriteFixture azurite, Seam seam, CancellationToken cancellationToken)
    {
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), cancellationToken);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Uncertain"] = seam.Hold ? "hold" : "resend";
        for (var lead = 1; lead <= seam.Leads; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead, TimeProvider.System.GetUtcNow().AddHours(-1)));
        }

        seam.Given(bed);
        await new SeamRun(seam, bed, cancellationToken).PlayAsync();
    }

    public async Task SendWebhooksAsync()
    {
        for (var lead = 1; lead <= seam.Leads; lead++)
        {
            (await Api.SendWebhookAsync(lead, Ends)).Dispose();
        }
    }

    /// <summary>For what is never answered, because the process is killed meanwhile.</summary>
    public static Task WithoutAnswerAsync(Task<HttpResponseMessage> call)
    {
        _ = call.ContinueWith(t => t.IsCompletedSuccessfully ? t.Result : null, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task PostWithoutAnswerAsync(string path, object body) => WithoutAnswerAsync(Api.Http.PostAsJsonAsync(path, body, Ends));

    public async Task PostAsync(string path, object body) => (await Api.Http.PostAsJsonAsync(path, body, Ends)).EnsureSuccessStatusCode().Dispose();

    public async Task WaitForAllAsync(string state)
    {
        for (var lead = 1; lead <= seam.Leads; lead++)
        {
            await Api.WaitForAsync(Id(lead), state, Patience, Ends);
        }
    }

    /// <summary>Runs a timer function again and again, until every lead is as it should be.</summary>
    public async Task RunTimerUntilDoneAsync(string function)
    {
        for (var lead = 1; lead <= seam.Leads; lead++)
        {
            while (await Api.OperationAsync(Id(lead), Ends) is not { } operation || PipelineApi.State(operation) != seam.State)
            {
                await Api.RunTimerAsync(function, Ends);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ends);
            }
        }
    }

    public async Task PutOnQueueAsync(string name, string body)
    {
        var queue = new QueueClient(bed.Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Ends);
        await queue.SendMessageAsync(body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: Ends);
    }

    private static string Id(long lead) => $"{TestBed.Pipeline}/lead/{lead}";

    private async Task PlayAsync()
    {
        if (seam.Before is { } before)
        {
            await using var earlier = await bed.StartHostAsync(Ends);
            await UseAsync(earlier.BaseAddress, () => before(this));
            await UntilAsync(() => bed.AreQueuesEmptyAsync(Ends));
        }

        await using (var dying = await bed.StartHostAsync(Ends, (PausePoints.Setting, seam.Point)))
        {
            await UseAsync(dying.BaseAddress, async () =>
            {
                var going = seam.When(this);
                await dying.WaitForLineAsync($"Paused at {seam.Point}", Patience, Ends);
                await dying.KillAsync();
                await going;
            });
        }

        if (seam.NeedsSweep)
        {
            await using var later = await StartLaterAsync();
            await UseAsync(later.BaseAddress, CheckAsync);
            return;
        }

        await using var next = await bed.StartHostAsync(Ends);
        await UseAsync(next.BaseAddress, CheckAsync);
        if (seam.Told)
        {
            await next.WaitForLineAsync("needs a person", Patience, Ends);
        }
    }

    private async Task CheckAsync()
    {
        await seam.After(this);
        await WaitForAllAsync(seam.State);
        await UntilAsync(() => bed.AreQueuesEmptyAsync(Ends));
        for (var lead = 1; lead <= seam.Leads; lead++)
        {
            var sent = bed.Offerum.Sent($"lead-{lead}");
            var story = (await Api.OperationAsync(Id(lead), Ends)).ToString();
            Assert.True(seam.Orders == sent.Count(o => o.Accepted), $"{sent.Count(o => o.Accepted)} orders of lead {lead}: {story}");
            Assert.True(seam.Posts is null || seam.Posts == sent.Count, $"{sent.Count} POSTs of lead {lead}: {story}");
        }
    }

    private async Task UseAsync(Uri address, Func<Task> work)
    {
        using var api = new PipelineApi(address);
        _api = api;
        await work();
        _api = null;
    }

    private Task<LocalHostApp> StartLaterAsync() => LocalHostApp.StartAsync(
        ["--urls", "http://127.0.0.1:0"],
        configuration => configuration.AddInMemoryCollection(bed.Settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))),
        new HostedApp(HostedApp.UonOfferum.Functions, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new LaterTime(Later));
            HostedApp.UonOfferum.Register(builder);
        }),
        Ends);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }
}
