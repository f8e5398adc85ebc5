using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Jobs;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Pipeline.Jobs;

/// <summary>The one timer and what it runs: each job apart from the others, on one instance at a time.</summary>
public sealed class JobRunnerTests(AzuriteFixture azurite) : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 5, TimeSpan.Zero));
    private readonly JobStore _store = new(new JournalTable(new TableServiceClient(azurite.NewAccount())));
    private readonly ConcurrentBag<JobRunner> _runners = [];

    [Fact]
    public async Task A_job_that_fails_or_is_slow_holds_no_other()
    {
        var slow = new TestJob("slow") { Work = new TaskCompletionSource().Task };
        var failing = new TestJob("failing") { Work = Task.FromException(new InvalidDataException("an invented secret")) };
        var quick = new TestJob("quick");
        var runner = Runner(slow, failing, quick);
        _time.Advance(TimeSpan.FromSeconds(30));

        var call = runner.RunDueAsync(CancellationToken.None);
        await UntilAsync(async () => (await _store.ReadAsync("quick", default)).LastRun is not null && (await _store.ReadAsync("failing", default)).LastRun is not null);
        Assert.False(call.IsCompleted);
        await AdvanceAsync(JobRunner.Patience);
        await call;

        var failed = await _store.ReadAsync("failing", default);
        Assert.Contains(nameof(InvalidDataException), failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Error, StringComparison.Ordinal);
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        var next = runner.RunDueAsync(CancellationToken.None);
        await UntilAsync(() => Task.FromResult(quick.Runs == 2 && failing.Runs == 2));
        Assert.Equal(1, slow.Runs);
        Assert.True((await _store.ReadAsync("slow", default)).IsRunning(_time.GetUtcNow()), "A run under way keeps its lease.");
        await UntilAsync(async () => { _time.Advance(TimeSpan.FromSeconds(1)); await Task.Yield(); return next.IsCompleted; });
    }

    [Fact]
    public async Task Two_instances_run_a_job_once()
    {
        var job = new TestJob("shared");
        var (first, second) = (Runner(job), Runner(job));
        _time.Advance(TimeSpan.FromSeconds(30));

        await Task.WhenAll(first.RunDueAsync(default), second.RunDueAsync(default));

        Assert.Equal(1, job.Runs);
        await Task.WhenAll(first.RunDueAsync(default), second.RunDueAsync(default));
        Assert.Equal(1, job.Runs);
    }

    [Fact]
    public async Task A_run_asked_for_during_another_elsewhere_follows_it_once()
    {
        var release = new TaskCompletionSource();
        var job = new TestJob("asked") { Work = release.Task };
        var (first, second) = (Runner(job), Runner(job));
        await first.AskAsync("asked", default);
        await UntilAsync(() => Task.FromResult(job.Runs == 1));

        Assert.NotNull((await second.AskAsync("asked", default))!.Asked);
        release.SetResult();

        await UntilAsync(async () => { _time.Advance(TimeSpan.FromSeconds(1)); return (await _store.ReadAsync("asked", default)).Asked is null; });
        Assert.Equal(2, job.Runs);
        Assert.Equal(1, job.MostAtOnce);
    }

    [Fact]
    public async Task After_a_process_was_killed_its_job_runs_when_the_lease_is_over()
    {
        var job = new TestJob("orphan");
        await _store.WriteAsync(new JobState("orphan") { Owner = "killed", LeaseUntil = _time.GetUtcNow() + TimeSpan.FromSeconds(15) }, default);
        var runner = Runner(job);
        await runner.AskAsync("orphan", default);
        _time.Advance(TimeSpan.FromSeconds(14));
        await runner.RunDueAsync(default);
        Assert.Equal(0, job.Runs);

        await UntilAsync(() => { _time.Advance(TimeSpan.FromSeconds(1)); return Task.FromResult(job.Runs == 1); });
    }

    [Fact]
    public async Task A_run_that_a_shutdown_cuts_off_runs_at_once_elsewhere()
    {
        var job = new TestJob("cut") { Work = new TaskCompletionSource().Task };
        var first = Runner(job);
        _time.Advance(TimeSpan.FromSeconds(30));
        var call = first.RunDueAsync(default);
        await UntilAsync(() => Task.FromResult(job.Runs == 1));

        var stop = first.StopAsync(default);
        await UntilAsync(() => { _time.Advance(TimeSpan.FromSeconds(1)); return Task.FromResult(stop.IsCompleted); });
        await call;
        job.Work = Task.CompletedTask;
        await Runner(job).AskAsync("cut", default);

        await UntilAsync(() => Task.FromResult(job.Runs == 2));
    }

    [Fact]
    public async Task A_job_that_is_switched_off_runs_only_when_it_is_asked_for()
    {
        var job = new TestJob("off");
        var runner = new JobRunner([job.Job], _store, new ConfigurationBuilder().AddInMemoryCollection([new("Jobs:off:Disabled", "true")]).Build(), _time, NullLogger<JobRunner>.Instance);
        _runners.Add(runner);
        _time.Advance(TimeSpan.FromMinutes(5));

        await runner.RunDueAsync(default);
        Assert.Equal(0, job.Runs);

        await runner.AskAsync("off", default);
        await UntilAsync(() => Task.FromResult(job.Runs == 1));
    }

    public void Dispose()
    {
        foreach (var runner in _runners)
        {
            runner.Dispose();
        }
    }

    private JobRunner Runner(params TestJob[] jobs)
    {
        var runner = new JobRunner(jobs.Select(job => job.Job), _store, new ConfigurationBuilder().Build(), _time, NullLogger<JobRunner>.Instance);
        _runners.Add(runner);
        return runner;
    }

    /// <summary>In steps that leave a run under way time to renew its lease.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var left = by; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var renewed = _time.GetUtcNow() + TimeSpan.FromSeconds(8);
            await UntilAsync(async () => !((await _store.ReadAsync("slow", default)).LeaseUntil < renewed));
        }
    }

    /// <summary>Often, because many of these questions also move the clock.</summary>
    private static Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.UntilAsync(condition, TimeSpan.FromMilliseconds(20), what);

    private sealed class TestJob(string name)
    {
        private int _runs;
        private int _now;

        public Job Job => new(name, JobSchedule.Seconds(30), RunAsync);

        public Task Work { get; set; } = Task.CompletedTask;

        public int Runs => _runs;

        public int MostAtOnce { get; private set; }

        private async Task RunAsync(CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Interlocked.Increment(ref _runs);
            try
            {
                await Work.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
