using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace UonOfferum.Tests.Browser;

/// <summary>An operator's browser window on the console of an app. What must never happen is written down as it happens.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>VIEW_PICTURES names a folder for pictures to look at, of each view that a test judges; unset: none are taken.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("VIEW_PICTURES");

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly IBrowserContext _context;
    private readonly VisitOptions _options;

    private Visit(IBrowserContext context, IPage page, PipelineApp app, VisitOptions options) => (_context, Page, App, _options) = (context, page, app, options);

    public IPage Page { get; }

    public PipelineApp App { get; }

    public Uri Address => new(App.Host.FunctionsAddress, "console");

    /// <summary>Console errors, exceptions, blocked content, requests to another origin.</summary>
    public IEnumerable<string> Wrong => _wrong;

    public static async Task<Visit> StartAsync(Chromium chromium, PipelineApp app, VisitOptions? options = null)
    {
        options ??= new VisitOptions();
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = options.Locale,
            TimezoneId = "Europe/Moscow",
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = options.Phone ? new ViewportSize { Width = options.Narrow ? 360 : 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 860 },
            HasTouch = options.Phone,
            DeviceScaleFactor = options.Scale,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        await ServerErrorRetries.AddAsync(context, app.Host.FunctionsAddress);
        var page = await context.NewPageAsync();
        // What a view shows may depend on all of the app's queues.
        page.SetDefaultTimeout((float)TestTimeouts.Operation.TotalMilliseconds);
        var visit = new Visit(context, page, app, options);
        page.Console += (_, message) => visit.Note(message.Type is "error" or "warning" && !IsExpected(message.Text), $"console: {message.Text}");
        page.PageError += (_, error) => visit.Note(true, $"exception: {error}");
        page.Dialog += (_, dialog) => visit.Note(true, $"a script opened a dialog: {dialog.Message}");
        page.Request += (_, request) => visit.Note(
            !request.Url.StartsWith(app.Host.BaseAddress.AbsoluteUri, StringComparison.Ordinal)
            && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal),
            $"another origin: {request.Url}");
        page.Request += (_, request) => visit.Note(request.Url.Contains(PipelineApp.FunctionKey, StringComparison.Ordinal), "the key is in an address");
        return visit;
    }

    public async Task EnterAsync(string view = "", string? operatorName = "Анна")
    {
        await Page.GotoAsync(Address.AbsoluteUri + (view.Length > 0 ? $"#/{view}" : ""));
        await Page.Locator("input[name=key]").FillAsync(PipelineApp.FunctionKey);
        await Page.Locator("input[name=operator]").FillAsync(operatorName ?? "");
        await Page.Locator(".door button[type=submit]").ClickAsync();
        await Page.Locator(".bar").WaitForAsync();
    }

    /// <summary>Another view, by its address. It has begun when this returns, even if the one before had the same first part.</summary>
    public async Task GoAsync(string view)
    {
        await Page.EvaluateAsync(
            """
            view => new Promise(resolve => {
              const before = location.hash;
              location.hash = '#/' + view;
              if (location.hash === before) resolve();
              else addEventListener('hashchange', () => resolve(), { once: true });
            })
            """,
            view);
        await Page.Locator($"main[data-view={view.Split('/', '?')[0]}]").WaitForAsync();
    }

    public ILocator Action(string name) => Page.Locator($"[data-action={name}]");

    public Task ShownAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    /// <summary>The view shows what it asked the app for. Views also ask again and again, so the network is no sign of it.</summary>
    public Task LoadedAsync() => Assertions.Expect(Page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);

    /// <summary>What axe says of the view, and whether anything is wider than the screen.</summary>
    public async Task<IEnumerable<string>> FoundAsync(string view)
    {
        await TakePictureAsync(view);
        var grave = await Axe.GraveAsync(this);
        var over = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return grave.Concat(over > 0 ? [$"{over} px wider than the screen"] : []).Select(words => $"{view}: {words}");
    }

    public async Task TakePictureAsync(string view)
    {
        if (Pictures is null)
        {
            return;
        }

        Directory.CreateDirectory(Pictures);
        var name = $"{view.Replace('/', '-').Replace(' ', '-')}-{_options.Locale[..2]}{(_options.Phone ? "-phone" : "")}{(_options.Dark ? "-dark" : "")}.png";
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        // The page may be asking for something.
        await _context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await _context.DisposeAsync();
    }

    // The browser reports every answer of 400 and above; those of the app are told to the operator by the page.
    private static bool IsExpected(string text) => text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal);

    private void Note(bool wrong, string text)
    {
        if (wrong)
        {
            _wrong.Enqueue(text);
        }
    }
}

internal sealed record VisitOptions(string Locale = "ru-RU", bool Phone = false, bool Dark = false, float Scale = 1, bool Narrow = false);
