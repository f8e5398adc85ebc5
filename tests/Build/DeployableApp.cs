namespace UonOfferum.Tests.Build;

/// <summary>What <c>func start</c> and a deployment make of a clone, made once for all tests of a class.</summary>
public sealed class DeployableApp : IAsyncLifetime
{
    public RepositoryCopy Clone { get; } = new();

    public string[] Built { get; private set; } = [];

    public string[] Published { get; private set; } = [];

    public string LockFile { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        LockFile = File.ReadAllText(Clone.PathTo("packages.lock.json"));
        Clone.Write("pipelines.json", "{}");
        Clone.Write("local.settings.json", """{ "Values": { "Secret": "not for the cloud" } }""");
        // As the worker's SDK leaves it after the first build: a project and sources of its own, below our root.
        Clone.Write("obj/worker/Debug/net10.0/WorkerExtensions/obj/WorkerExtensions.AssemblyInfo.cs", "this does not compile");

        // Core Tools: DotnetHelpers.BuildDotnetProject, called by `func start`.
        (await Clone.DotnetAsync("build --output bin/output")).Succeeded();
        Built = Clone.Files("bin/output");
        (await Clone.DotnetAsync("publish -c Release -o package")).Succeeded();
        Published = Clone.Files("package");
    }

    public ValueTask DisposeAsync()
    {
        Clone.Dispose();
        return ValueTask.CompletedTask;
    }
}
