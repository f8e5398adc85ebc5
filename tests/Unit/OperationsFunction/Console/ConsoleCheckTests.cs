using System.ComponentModel;
using System.Diagnostics;
using UonOfferum.OperationsFunction.OpenApi;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.OperationsFunction.Console;

/// <summary>Runs the page's own checks (<c>npm run check</c>), so that <c>dotnet test</c> covers the TypeScript, too.</summary>
public sealed class ConsoleCheckTests
{
    [Fact]
    public async Task Types_lint_and_unit_tests_of_the_page_pass()
    {
        var folder = Path.Combine(Repository.Root, "OperationsFunction", "Console");
        // The page's types come from it (npm run types).
        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "obj", "openapi.json"), OpenApiDocument.Utf8.ToArray(), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["run", "check"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["NO_COLOR"] = "1" },
        };
        using var npm = Start(start);

        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(npm.ExitCode == 0, await output + await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("The page's checks need Node.js with npm. Install it and build again.", e);
        }
    }
}
