using System.Reflection;

namespace UonOfferum.LocalHost.Worker;

/// <summary>The function app to run: the folder of a build or of a publish.</summary>
/// <param name="Assembly">Full path of the app's main assembly.</param>
internal sealed record WorkerApp(string Assembly)
{
    /// <summary>Another app, or another build of this one: the path of its main assembly.</summary>
    public const string Setting = "LocalHost:App";

    public string Folder => Path.GetDirectoryName(Assembly)!;

    /// <summary>The app that <see cref="Setting"/> names; without it, the one that was built with LocalHost.</summary>
    /// <exception cref="LocalHostException">There is no function app.</exception>
    public static WorkerApp Find(string? configured)
    {
        var assembly = Path.GetFullPath(configured is { Length: > 0 } ? configured : BuiltBeside());
        return File.Exists(assembly) && File.Exists(Path.Combine(Path.GetDirectoryName(assembly)!, "functions.metadata"))
            ? new WorkerApp(assembly)
            : throw new LocalHostException($"There is no function app at {assembly}. Build it (dotnet build), or name another one in LocalHost__App.");
    }

    private static string BuiltBeside() =>
        typeof(WorkerApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "App").Value!;
}
