using System.IO.Compression;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Build;

/// <summary>
/// Packages under the names of the worker's, which not every registry has: the types the functions and Program.cs use as sources,
/// and what the worker's SDK does to the project. So the deployable build can be restored, compiled and published anywhere.
/// </summary>
internal static partial class WorkerFeed
{
    // The central versions get this suffix in the copy, and no other version will do: so no real package, in a cache or in a registry
    // that carries the worker, is taken for a stand-in or the reverse.
    private const string Suffix = "-standin";

    private const string Worker = "Microsoft.Azure.Functions.Worker";

    /// <summary>Writes the packages and asks for them in the copy's central versions.</summary>
    /// <returns>The packages' names.</returns>
    public static IReadOnlyList<string> Write(string repository, string feed)
    {
        Directory.CreateDirectory(feed);
        var central = Path.Combine(repository, "Directory.Packages.props");
        var text = File.ReadAllText(central);
        File.WriteAllText(central, WorkerVersion().Replace(text, """Include="${name}" Version="[${version}""" + Suffix + "]"));

        var standIns = Path.Combine(repository, "tests/Build/StandIns");
        var names = new List<string>();
        foreach (Match match in WorkerVersion().Matches(text))
        {
            var (name, version) = (match.Groups["name"].Value, match.Groups["version"].Value + Suffix);
            string[] files = name switch
            {
                Worker => [.. Directory.GetFiles(standIns, "*.cs"), Path.Combine(standIns, Worker + ".props"), Path.Combine(repository, "LocalHost/WorkerAttributes.cs")],
                Worker + ".Sdk" => [Path.Combine(standIns, Worker + ".Sdk.props")],
                _ => [],
            };
            Pack(feed, name, version, files);
            names.Add(name);
        }

        return names;
    }

    private static void Pack(string feed, string name, string version, string[] buildFiles)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        Add(package, $"{name}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>stand-in</description></metadata>
            </package>
            """);
        Add(package, "lib/net10.0/_._", "");
        foreach (var file in buildFiles)
        {
            Add(package, "build/" + Path.GetFileName(file), File.ReadAllText(file));
        }
    }

    private static void Add(ZipArchive package, string path, string text)
    {
        using var writer = new StreamWriter(package.CreateEntry(path).Open());
        writer.Write(text);
    }

    [GeneratedRegex("""Include="(?<name>Microsoft\.Azure\.Functions\.Worker[\w.]*)" Version="(?<version>[\d.]+)""")]
    private static partial Regex WorkerVersion();
}
