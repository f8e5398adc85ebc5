using Azure.Data.Tables;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Messaging;
using UonOfferum.Simulators;
using UonOfferum.UonWebhookFunction.Reconcile;

namespace UonOfferum.Tests.Pipeline.Reconcile;

/// <summary>Whoever moves here from another service has sold yesterday's leads there.</summary>
public sealed class FirstStartTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly string _storage = azurite.NewAccount();
    private UonSimulator _uon = null!;

    public async ValueTask InitializeAsync() => _uon = await UonSimulator.StartAsync(new UonSimulatorOptions { RequestsPerSecond = null }, None);

    public ValueTask DisposeAsync() => _uon.DisposeAsync();

    [Fact]
    public async Task A_first_start_sells_nothing_that_was_there_before()
    {
        await using var services = Services();
        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddHours(-20)));

        Assert.Equal(0, await ReconcileAsync(services));

        _uon.Leads.Put(UonRecord.Lead(2, _time.Now.AddMinutes(30)));
        _time.Now = _time.Now.AddHours(1);
        Assert.Equal(1, await ReconcileAsync(services));
        Assert.Equal(1, (await services.Get<StageQueues>().DepthAsync("uon-records", None)).Messages);
    }

    [Fact]
    public async Task A_record_without_dat_is_found_by_dat_lead()
    {
        await using var services = Services();
        await ReconcileAsync(services);
        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddMinutes(30)).With("dat", "").With("dat_lead", _time.Now.AddMinutes(30).ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
        _time.Now = _time.Now.AddHours(1);

        Assert.Equal(1, await ReconcileAsync(services));
    }

    [Fact]
    public async Task A_date_that_is_named_on_purpose_is_looked_back_to()
    {
        await using var services = Services(("Pipelines:main:Reconcile:From", _time.Now.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddHours(-20)));

        Assert.Equal(1, await ReconcileAsync(services));
    }

    [Fact]
    public async Task A_restart_looks_back_to_the_first_start()
    {
        await using (var first = Services())
        {
            Assert.Equal(0, await ReconcileAsync(first));
        }

        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddHours(1)));
        _time.Now = _time.Now.AddHours(20);
        await using var second = Services();

        Assert.Equal(1, await ReconcileAsync(second));
    }

    [Fact]
    public async Task A_pipeline_that_was_gone_and_is_back_starts_anew()
    {
        await using var services = Services();
        var registry = services.Get<PipelineRegistry>();
        await registry.RecordAsync(Names("main", "second"), None, isComplete: true);

        _time.Now = _time.Now.AddHours(1);
        await registry.RecordAsync(Names("second"), None, isComplete: true);
        var back = _time.Now = _time.Now.AddHours(1);
        await registry.RecordAsync(Names("main", "second"), None, isComplete: true);

        Assert.Equal(back, await registry.LookBackFromAsync("main", None));
        Assert.Equal(back.AddHours(-2), await registry.LookBackFromAsync("second", None));
    }

    [Fact]
    public async Task An_operator_says_from_when_a_stopped_pipeline_looks_back()
    {
        await using var services = Services();
        var registry = services.Get<PipelineRegistry>();
        Assert.Equal(0, await ReconcileAsync(services));
        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddHours(-20)));

        await registry.StartAsync("main", _time.Now.AddDays(-1), None);
        _time.Now = _time.Now.AddMinutes(20);

        Assert.Equal(1, await ReconcileAsync(services));
    }

    [Fact]
    public async Task A_pipeline_of_an_earlier_version_goes_on_where_it_was()
    {
        await using var services = Services();
        Assert.True(await services.Get<JournalTable>().AddAsync(new TableEntity("main|control", "gate|offerum"), None));
        _uon.Leads.Put(UonRecord.Lead(1, _time.Now.AddHours(-20)));

        Assert.Equal(1, await ReconcileAsync(services));
    }

    /// <summary>Whoever publishes a pipeline checks it and registers its hooks at once: both write rows of theirs.</summary>
    [Fact]
    public async Task A_pipeline_checked_at_once_starts_at_its_publication()
    {
        await using var services = Services();
        var registry = services.Get<PipelineRegistry>();

        await registry.AddAsync("made", None);
        Assert.True(await services.Get<JournalTable>().AddAsync(new TableEntity("made|control", "hooks"), None));
        await registry.RecordAsync(Names("main", "made"), None, isComplete: true);
        await registry.AddAsync("made", None);

        Assert.Equal(_time.Now, await registry.LookBackFromAsync("made", None));
    }

    private static HashSet<string> Names(params string[] names) => [.. names];

    private static Task<int> ReconcileAsync(PipelineServices services) => services.Get<Reconciler>().RunAsync(None);

    private PipelineServices Services(params (string Key, string? Value)[] more) => PipelineServices.Offline(
        _storage,
        _time,
        ["main"],
        [("Pipelines:main:Uon:ApiKey", UonSimulator.DefaultApiKey), ("Pipelines:main:Uon:BaseAddress", _uon.BaseAddress.ToString()), ("Pipelines:main:Uon:RequestsPerSecond", "10000"), .. more]);
}
