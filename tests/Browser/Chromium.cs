using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(UonOfferum.Tests.Browser.Chromium))]

namespace UonOfferum.Tests.Browser;

/// <summary>One browser for the whole run.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        // Machines that test are busy; only a wrong page waits this long.
        Assertions.SetDefaultExpectTimeout((float)TestTimeouts.Operation.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(await BrowserLaunch.OptionsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}
