using System.Diagnostics;
using System.Reflection;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>The files of this repository, and the Bicep compiler that its restore brought.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Metadata("Repository"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Runs the compiler in infra/; what it wrote to each stream.</summary>
    public static async Task<(string Output, string Complaints, int ExitCode)> BicepAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The pinned Bicep compiler is the one for Linux.");
        var bicep = Metadata("Bicep");
        if (OperatingSystem.IsLinux())
        {
            // Packages do not keep the executable bit.
            File.SetUnixFileMode(bicep, File.GetUnixFileMode(bicep) | UnixFileMode.UserExecute);
        }

        using var process = Process.Start(new ProcessStartInfo(bicep, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Root, "infra"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, await complaints, process.ExitCode);
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
