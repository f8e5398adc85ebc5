using System.Diagnostics;

namespace UonOfferum.Tests.Build;

/// <summary>A clean clone of the working tree in a temporary folder, and <c>dotnet</c> run at its root.</summary>
public sealed class RepositoryCopy : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _temporary = Directory.CreateTempSubdirectory("uon-offerum-build-").FullName;

    public RepositoryCopy()
    {
        Root = Path.Combine(_temporary, "clone");
        var source = Find();
        foreach (var file in Tracked(source).Where(file => File.Exists(Path.Combine(source, file))))
        {
            var target = Path.Combine(Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(source, file), target);
        }

        WorkerPackages = WorkerFeed.Write(Root, Feed);
    }

    public string Root { get; }

    public IReadOnlyList<string> WorkerPackages { get; }

    private string Feed => Path.Combine(_temporary, "feed");

    public string PathTo(string relative) => Path.Combine(Root, relative);

    public string Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathTo(relative))!);
        File.WriteAllText(PathTo(relative), text);
        return relative;
    }

    /// <summary>File names below a folder of the copy, with slashes.</summary>
    public string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(PathTo(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(PathTo(folder), file).Replace('\\', '/')).Order()];

    public Task<Finished> DotnetAsync(string arguments) => DotnetAsync(arguments, Feed);

    /// <summary>As on a machine whose registry does not carry the worker.</summary>
    public Task<Finished> DotnetWithoutTheWorkerAsync(string arguments) => DotnetAsync(arguments, "");

    private async Task<Finished> DotnetAsync(string arguments, string feed)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // What `dotnet test` hands down to us would steer the builds inside.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_CLI", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_temporary, "packages");
        start.Environment["NUGET_FALLBACK_PACKAGES"] = packages;
        start.Environment["RestoreAdditionalProjectSources"] = feed;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // Neither is in question here, and both are slow: analyzers, and a runtime to compile ahead against.
        start.Environment["RunAnalyzers"] = "false";
        start.Environment["PublishReadyToRun"] = "false";

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return new Finished(process.ExitCode, await output + await errors);
    }

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "UonOfferum.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests copy the sources: run them from a build inside the repository.");
        }

        return folder.FullName;
    }

    private static string[] Tracked(string source)
    {
        using var git = Process.Start(new ProcessStartInfo("git", "ls-files --cached --others --exclude-standard -z") { WorkingDirectory = source, UseShellExecute = false, RedirectStandardOutput = true })!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return files;
    }
}

public sealed record Finished(int ExitCode, string Output)
{
    public Finished Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public Finished FailedWith(string text)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Contains(text, Output);
        return this;
    }
}
