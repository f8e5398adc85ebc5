using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.OperationsFunction.Sweep;
using UonOfferum.Shared.Messaging;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Chaos;

/// <summary>Runs one fail point case: a process stops at its fail point, is killed there, and another goes on with what it left.</summary>
internal sealed class FailPointRun(FailPointCase failPoint, TestBed bed, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string PostbackSecret = "a-postback-secret-for-tests";

    private static readonly TimeSpan Later = TimeSpan.FromMinutes(20);

    private PipelineApi? _api;
    private PipelineServices? _later;

    public TestBed Bed => bed;

    public PipelineApi Api => _api ?? throw new InvalidOperationException("Nothing runs.");

    public CancellationToken Ends => cancellationToken;

    public static async Task RunAsync(AzuriteFixture azurite, FailPointCase failPoint, CancellationToken cancellationToken)
    {
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), cancellationToken);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Uncertain"] = failPoint.Hold ? "hold" : "resend";
        // A message that meets a claim waits for the end of its lease, which is six times and twice these: shorter than the patience of a test.
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Uon:Timeout"] = "00:00:20";
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:00:30";
        for (var lead = 1; lead <= failPoint.Leads; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead, TimeProvider.System.GetUtcNow().AddHours(-1)));
        }

        failPoint.Given(bed);
        await using var run = new FailPointRun(failPoint, bed, cancellationToken);
        await run.RunAsync();
    }

    public ValueTask DisposeAsync() => _later?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task SendWebhooksAsync()
    {
        for (var lead = 1; lead <= failPoint.Leads; lead++)
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
        for (var lead = 1; lead <= failPoint.Leads; lead++)
        {
            await Api.WaitForAsync(Id(lead), state, TestTimeouts.Operation, Ends);
        }
    }

    public Task WaitUntilQuietAsync() => Eventually.UntilAsync(() => bed.AreQueuesEmptyAsync(Ends));

    /// <summary>Runs a job again and again, until every lead is as it should be.</summary>
    public async Task RunJobUntilDoneAsync(string job)
    {
        for (var lead = 1; lead <= failPoint.Leads; lead++)
        {
            await RunJobUntilAsync(job, lead, operation => PipelineApi.State(operation) == failPoint.State);
        }
    }

    /// <summary>The network's verdict on a lead, as its cabinet sends it.</summary>
    public async Task PostbackAsync(int lead = 1) =>
        (await Api.Http.GetAsync($"offerum/{TestBed.Pipeline}/{PostbackSecret}/postback?subid1=lead-{lead}&status=approved&summ_approved=900&currency=RUB", Ends)).EnsureSuccessStatusCode().Dispose();

    /// <summary>Waits until the verdict on lead 1 is written back. A claim that a kill left is waited out first.</summary>
    public Task WaitUntilWrittenAsync() => WaitForWriteBackAsync(1, "Delivered");

    public Task WaitForWriteBackAsync(int lead, string state) => Api.WaitForAsync(Id(lead), operation => IsWriteBack(operation, state), 2 * TestTimeouts.Operation, Ends);

    /// <summary>Runs a job again and again, until the verdict on lead 1 is written back.</summary>
    public Task RunJobUntilWrittenAsync(string job) => RunJobUntilAsync(job, lead: 1, operation => IsWriteBack(operation, "Delivered"));

    private async Task RunJobUntilAsync(string job, int lead, Func<JsonElement, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await Api.OperationAsync(Id(lead), Ends) is var operation && !(operation is { } found && wanted(found)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < 2 * TestTimeouts.Operation, $"The job {job} brings lead {lead} no further: {operation}");
            await RunJobAsync(job);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ends);
        }
    }

    private static bool IsWriteBack(JsonElement operation, string state) => operation.GetProperty("deliveries").EnumerateArray()
        .Any(d => d.GetProperty("destination").GetString() == "uon-write" && d.GetProperty("state").GetString() == state);

    public async Task PutOnQueueAsync(string name, string body)
    {
        var queue = new QueueClient(bed.Storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Ends);
        await queue.SendMessageAsync(body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: Ends);
    }

    private static string Id(long lead) => $"{TestBed.Pipeline}/lead/{lead}";

    private async Task RunAsync()
    {
        if (failPoint.Before is { } before)
        {
            await using var earlier = await bed.StartWorkerAsync(Ends);
            await UseAsync(earlier.BaseAddress, () => before(this));
            await WaitUntilQuietAsync();
        }

        await using (var dying = await bed.StartWorkerAsync(Ends, SettingsOfTheDying()))
        {
            await UseAsync(dying.BaseAddress, async () =>
            {
                var going = failPoint.When(this);
                await dying.WaitForLineAsync($"Paused at {failPoint.Point}", TestTimeouts.Operation, Ends);
                if (failPoint.SparesMessages)
                {
                    await WaitUntilQuietAsync();
                }

                await dying.KillAsync();
                try
                {
                    await going;
                }
                catch (HttpRequestException)
                {
                    // The kill took the answer with it.
                }
            });
        }

        if (failPoint.NeedsSweep)
        {
            _later = new PipelineServices(bed.Settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)), new LaterTime(Later));
        }

        await using var next = await bed.StartWorkerAsync(Ends);
        await UseAsync(next.BaseAddress, CheckAsync);
        if (failPoint.Notified)
        {
            await next.WaitForLineAsync("needs an operator", TestTimeouts.Operation, Ends);
        }
    }

    private IEnumerable<(string Key, string Value)> SettingsOfTheDying()
    {
        yield return (FailPoints.Setting, failPoint.Point);
        if (failPoint.Off is { } function)
        {
            yield return ($"AzureWebJobs.{function}.Disabled", "true");
        }

        // The claim that is left at these points is waited out: twice the time for a call.
        if (failPoint.Point is FailPoints.Claimed or FailPoints.Posted)
        {
            yield return ($"Pipelines:{TestBed.Pipeline}:Uon:Timeout", "00:00:05");
            yield return ($"Pipelines:{TestBed.Pipeline}:Offerum:Timeout", "00:00:05");
        }
    }

    private async Task CheckAsync()
    {
        await failPoint.After(this);
        await WaitForAllAsync(failPoint.State);
        await WaitUntilQuietAsync();
        for (var lead = 1; lead <= failPoint.Leads; lead++)
        {
            var sent = bed.Offerum.Sent($"lead-{lead}");
            var story = (await Api.OperationAsync(Id(lead), Ends)).ToString();
            Assert.True(failPoint.Orders == sent.Count(o => o.Accepted), $"{sent.Count(o => o.Accepted)} orders of lead {lead}: {story}");
            Assert.True(failPoint.Posts is null || failPoint.Posts == sent.Count, $"{sent.Count} POSTs of lead {lead}: {story}");
        }
    }

    private async Task UseAsync(Uri address, Func<Task> work)
    {
        using var api = new PipelineApi(address);
        _api = api;
        await work();
        _api = null;
    }

    /// <summary>What waits for the night is run as if the night had passed, on the same storage.</summary>
    private Task RunJobAsync(string job) =>
        _later is null ? Api.RunJobAsync(job, Ends) : _later.Provider.GetRequiredService<Sweeper>().RunAsync(Ends);
}
