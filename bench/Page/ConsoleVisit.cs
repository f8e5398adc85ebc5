using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace UonOfferum.Bench.Page;

/// <summary>One load of the console.</summary>
/// <param name="FirstRow">From the navigation until a row is in the document.</param>
/// <param name="ApiTime">Part of it: the request of the list.</param>
/// <param name="LongestTask">The longest task that blocked the page.</param>
/// <param name="LongTasks">How many took more than 50 ms.</param>
/// <param name="Bytes">Over the wire, headers included, by kind.</param>
/// <param name="Requests">By kind.</param>
internal sealed record PageLoad(
    TimeSpan FirstRow, TimeSpan ApiTime, TimeSpan LongestTask, int LongTasks, IReadOnlyDictionary<string, long> Bytes, IReadOnlyDictionary<string, int> Requests)
{
    public const string Api = "answers of the API";
}

/// <summary>What the browser holds after a garbage collection.</summary>
internal sealed record HeapSample(int Minute, long Heap, long Nodes, long Listeners);

/// <summary>A browser window with the console, measured with the browser's own tools.</summary>
internal sealed class ConsoleVisit : IAsyncDisposable
{
    // Records when the first row appears, and which tasks blocked the page.
    private const string Watch = """
        window.benchLongTasks = [];
        new PerformanceObserver(list => list.getEntries().forEach(e => window.benchLongTasks.push(e.duration))).observe({ type: 'longtask', buffered: true });
        new MutationObserver((_, observer) => {
          if (document.querySelector('.rows a.row')) { window.benchFirstRow = performance.now(); observer.disconnect(); }
        }).observe(document, { childList: true, subtree: true });
        """;

    private const string Found = """
        () => {
          const list = performance.getEntriesByType('resource').find(e => e.name.includes('/api/operations?') || e.name.endsWith('/api/operations'));
          return { firstRow: window.benchFirstRow, api: list ? list.responseEnd - list.startTime : 0, tasks: window.benchLongTasks };
        }
        """;

    private const int SamplesALife = 6;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForAnswers = TimeSpan.FromMilliseconds(60);

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly ICDPSession _instruments;
    private readonly Uri _address;
    private readonly ConcurrentDictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Kind, long Bytes)> _received = new();

    private ConsoleVisit(IBrowserContext context, IPage page, ICDPSession instruments, Uri address) => (_context, _page, _instruments, _address) = (context, page, instruments, address);

    public static async Task<ConsoleVisit> StartAsync(IBrowser browser, Uri address, int throttle)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "ru-RU", TimezoneId = "Europe/Moscow", ViewportSize = new ViewportSize { Width = 1280, Height = 860 } });
        var page = await context.NewPageAsync();
        var instruments = await context.NewCDPSessionAsync(page);
        await instruments.SendAsync("Network.enable");
        await instruments.SendAsync("Performance.enable");
        await instruments.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object>(StringComparer.Ordinal) { ["rate"] = throttle });
        return new ConsoleVisit(context, page, instruments, new Uri(address, "api/console"));
    }

    /// <summary>Signs in, which is not measured, and reloads the list with the cache off, as a first load.</summary>
    public async Task<PageLoad> LoadAsync()
    {
        await EnterAsync();
        await _page.AddInitScriptAsync(Watch);
        _instruments.Event("Network.responseReceived").OnEvent += (_, e) => NoteKind(e!.Value);
        _instruments.Event("Network.loadingFinished").OnEvent += (_, e) => NoteBytes(e!.Value);
        await _instruments.SendAsync("Network.setCacheDisabled", new Dictionary<string, object>(StringComparer.Ordinal) { ["cacheDisabled"] = true });
        await _page.ReloadAsync();
        await _page.WaitForFunctionAsync("() => window.benchFirstRow > 0");
        await _page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var found = await _page.EvaluateAsync<JsonElement>(Found);
        var tasks = found.GetProperty("tasks").EnumerateArray().Select(t => t.GetDouble()).ToList();
        var received = _received.ToLookup(r => r.Kind, r => r.Bytes, StringComparer.Ordinal);
        return new PageLoad(
            TimeSpan.FromMilliseconds(found.GetProperty("firstRow").GetDouble()),
            TimeSpan.FromMilliseconds(found.GetProperty("api").GetDouble()),
            TimeSpan.FromMilliseconds(tasks.DefaultIfEmpty().Max()),
            tasks.Count,
            received.ToDictionary(r => r.Key, r => r.Sum(), StringComparer.Ordinal),
            received.ToDictionary(r => r.Key, r => r.Count(), StringComparer.Ordinal));
    }

    /// <summary>The list stays open while leads come.</summary>
    /// <param name="minutes">By the page's clock, which runs as fast as its requests are answered.</param>
    /// <param name="leadComes">Sends the lead with this number.</param>
    public async Task<IReadOnlyList<HeapSample>> LiveAsync(int minutes, Func<long, Task> leadComes)
    {
        await _page.Clock.InstallAsync();
        await EnterAsync();
        var samples = new List<HeapSample> { await SampleAsync(0) };
        var (ticks, lead) = ((int)(TimeSpan.FromMinutes(minutes) / Tick), 100L);
        for (var tick = 1; tick <= ticks; tick++)
        {
            if (tick % 2 == 0)
            {
                await leadComes(++lead);
            }

            await _page.Clock.RunForAsync((long)Tick.TotalMilliseconds);
            // Requests are answered by the real clock.
            await Task.Delay(ForAnswers, TimeProvider.System);
            if (tick * SamplesALife / ticks != (tick - 1) * SamplesALife / ticks)
            {
                samples.Add(await SampleAsync((int)(tick * Tick).TotalMinutes));
            }
        }

        return samples;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task EnterAsync()
    {
        await _page.GotoAsync(_address.AbsoluteUri + "#/operations");
        await _page.Locator("input[name=key]").FillAsync(TestBed.FunctionKey);
        await _page.Locator("input[name=operator]").FillAsync("Анна");
        await _page.Locator(".door button[type=submit]").ClickAsync();
        await _page.Locator(".rows a.row").First.WaitForAsync();
    }

    private async Task<HeapSample> SampleAsync(int minute)
    {
        await _instruments.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await _instruments.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble(), StringComparer.Ordinal);
        return new HeapSample(minute, (long)metrics["JSHeapUsedSize"], (long)metrics["Nodes"], (long)metrics["JSEventListeners"]);
    }

    private void NoteKind(JsonElement response)
    {
        var path = new Uri(response.GetProperty("response").GetProperty("url").GetString()!).AbsolutePath;
        _kinds[response.GetProperty("requestId").GetString()!] = !path.StartsWith(_address.AbsolutePath, StringComparison.Ordinal) ? PageLoad.Api
            : Path.GetExtension(path) is { Length: > 0 } extension ? extension : "document";
    }

    private void NoteBytes(JsonElement finished)
    {
        if (_kinds.TryGetValue(finished.GetProperty("requestId").GetString()!, out var kind))
        {
            _received.Enqueue((kind, (long)finished.GetProperty("encodedDataLength").GetDouble()));
        }
    }
}
