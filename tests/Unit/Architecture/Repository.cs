using System.Diagnostics;

namespace UonOfferum.Tests.Unit.Architecture;

/// <summary>The repository these tests were built from, as git sees it: no build output, nothing ignored.</summary>
internal static class Repository
{
    private static readonly Lazy<string[]> Listed = new(List);

    /// <summary>Each in a folder of its own at the root.</summary>
    public static IReadOnlyList<string> Stages => [.. Files.Select(f => f.Split('/')[0]).Where(f => f.EndsWith("Function", StringComparison.Ordinal)).Distinct()];

    /// <summary>Each in a folder of its own below <c>Destinations</c>.</summary>
    public static IReadOnlyList<string> Destinations => [.. Sources.Where(f => f.StartsWith("Destinations/", StringComparison.Ordinal)).Select(Folder).Distinct()];

    public static string Root => Infra.Repository.Root;

    /// <summary>Paths from the root, with slashes.</summary>
    public static IEnumerable<string> Files => Listed.Value;

    /// <summary>C# files outside the tests.</summary>
    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal));

    public static string Read(string file) => Infra.Repository.Read(file);

    public static string Folder(string file) => file.LastIndexOf('/') is var slash and >= 0 ? file[..slash] : "";

    private static string[] List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.NotEmpty(files);
        return [.. files.Where(file => File.Exists(Path.Combine(Root, file)))];
    }
}
