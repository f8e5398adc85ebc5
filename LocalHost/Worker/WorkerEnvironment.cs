using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Worker;

/// <summary>The environment variables of the worker process: app settings, as on the platform.</summary>
internal static class WorkerEnvironment
{
    // What a process needs to run at all. Everything else a worker sees is a setting, so that the demo can remove settings.
    private static readonly string[] OfTheMachine =
    [
        "PATH", "HOME", "USER", "TMPDIR", "TEMP", "TMP", "LANG", "TZ", "SystemRoot", "SystemDrive", "windir", "ComSpec", "USERPROFILE", "APPDATA",
        "LOCALAPPDATA", "ProgramData", "ProgramFiles", "PATHEXT", "XDG_CACHE_HOME", "XDG_DATA_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    public static Dictionary<string, string> Of(IConfiguration settings, WorkerApp app)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in OfTheMachine)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        foreach (System.Collections.DictionaryEntry pair in Environment.GetEnvironmentVariables())
        {
            if (((string)pair.Key).StartsWith("DOTNET_", StringComparison.Ordinal))
            {
                environment[(string)pair.Key] = (string)pair.Value!;
            }
        }

        foreach (var (key, value) in settings.AsEnumerable())
        {
            if (value is not null)
            {
                environment.TryAdd(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        environment["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development";
        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        environment["DOTNET_STARTUP_HOOKS"] = typeof(WorkerEnvironment).Assembly.Location;
        return environment;
    }
}
