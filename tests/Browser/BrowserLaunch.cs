using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace UonOfferum.Tests.Browser;

/// <summary>How the browser is started, for the tests and for the bench: on Linux the one that npm brought, elsewhere the Chrome or Edge of the machine.</summary>
internal static class BrowserLaunch
{
    public static async Task<BrowserTypeLaunchOptions> OptionsAsync() => OperatingSystem.IsLinux()
        ? await UnpackedAsync()
        : new BrowserTypeLaunchOptions { Channel = OperatingSystem.IsWindows() ? "msedge" : "chrome" };

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
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The tests' browser is not here. Build tests/Browser where npm can reach its registry. {await errors}");
        }

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
