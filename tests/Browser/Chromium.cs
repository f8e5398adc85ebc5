using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(UonOfferum.Tests.Browser.Chromium))]

namespace UonOfferum.Tests.Browser;

/// <summary>One browser for the whole run: on Linux the one that npm brought, elsewhere the Chrome or Edge of the machine.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        // Machines that test are busy; only a wrong page waits this long.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(OperatingSystem.IsLinux()
            ? await UnpackedAsync()
            : new BrowserTypeLaunchOptions { Channel = OperatingSystem.IsWindows() ? "msedge" : "chrome" });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }

    private static async Task<BrowserTypeLaunchOptions> UnpackedAsync()
    {
        var folder = Path.Combine(Sources.Folder, "node_modules", ".chromium");
        var start = new ProcessStartInfo("node", ["browser.mjs", folder])
        {
            WorkingDirectory = Sources.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The tests' browser is not here. Build tests/Browser where npm can reach its registry. {await errors}");
        var found = JsonDocument.Parse((await output).Trim().Split('\n')[^1]).RootElement;
        return new BrowserTypeLaunchOptions
        {
            ExecutablePath = found.GetProperty("executable").GetString(),
            // Containers run as root and have little shared memory.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none", "--no-zygote"],
            Env = Environment(found),
        };
    }

    private static Dictionary<string, string> Environment(JsonElement found)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        if (found.GetProperty("libraries").GetString() is { } libraries)
        {
            variables["LD_LIBRARY_PATH"] = libraries;
        }

        if (found.GetProperty("fontsFile").GetString() is { } fonts)
        {
            variables["FONTCONFIG_FILE"] = fonts;
        }

        return variables;
    }
}
