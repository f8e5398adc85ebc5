using System.Diagnostics;
using System.Reflection;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>The files of this repository, and the Bicep compiler that its restore brought.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Metadata("Repository"));

    /// <summary>infra/main.bicep, compiled once.</summary>
    public static Lazy<Task<string>> Template { get; } = new(async () => (await BicepAsync("build", "main.bicep", "--stdout")).Output);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Runs the compiler in infra/; what it wrote to each stream.</summary>
    public static Task<(string Output, string Complaints, int ExitCode)> BicepAsync(params string[] arguments) => BicepInAsync("infra", arguments);

    /// <summary>Runs the compiler in a folder.</summary>
    public static async Task<(string Output, string Complaints, int ExitCode)> BicepInAsync(string folder, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The pinned Bicep compiler is the one for Linux.");
        var bicep = Metadata("Bicep");
        if (OperatingSystem.IsLinux())
        {
            // Packages do not keep the executable bit.
            File.SetUnixFileMode(bicep, File.GetUnixFileMode(bicep) | UnixFileMode.UserExecute);
        }

        return await RunAsync(bicep, arguments, folder: Path.Combine(Root, folder));
    }

    /// <summary>Runs a program to its end; what it wrote to each stream.</summary>
    public static async Task<(string Output, string Complaints, int ExitCode)> RunAsync(
        string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder ?? Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await output, await complaints, process.ExitCode);
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
