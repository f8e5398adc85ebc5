using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Settings;

/// <summary>Reads <c>host.json</c> and overrides it with the settings <c>AzureFunctionsJobHost__…</c>, as the host does.</summary>
internal sealed class HostJson
{
    private const string Section = "AzureFunctionsJobHost";

    private readonly List<string> _errors = [];
    private readonly IConfiguration _json;

    private HostJson(IConfiguration json) => _json = json;

    /// <summary>The file's <c>logging</c> section.</summary>
    public IConfiguration Logging => _json.GetSection("logging");

    /// <exception cref="LocalHostException">The file is missing or is not JSON.</exception>
    public static HostJson Load(string file, IConfiguration settings)
    {
        if (!File.Exists(file))
        {
            throw new LocalHostException($"There is no host.json in {Path.GetDirectoryName(file)}. Start LocalHost in the app's folder.");
        }

        try
        {
            using var stream = File.OpenRead(file);
            var overrides = settings.GetSection(Section).AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null);
            return new HostJson(new ConfigurationBuilder().AddJsonStream(stream).AddInMemoryCollection(overrides).Build());
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new LocalHostException($"{file} is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <exception cref="LocalHostException">Names every value that cannot be used. Queue settings are validated by Microsoft's own options.</exception>
    public HostSettings Read(IConfiguration settings)
    {
        var host = new HostSettings();
        host = host with
        {
            RoutePrefix = (_json["extensions:http:routePrefix"] ?? host.RoutePrefix).Trim('/'),
            FunctionTimeout = _json["functionTimeout"] == "-1"
                ? Timeout.InfiniteTimeSpan
                : Duration(_json, "functionTimeout", host.FunctionTimeout, TimeSpan.FromSeconds(1)),
            MessageLock = Duration(settings, "LocalHost:MessageLock", host.MessageLock, TimeSpan.FromSeconds(2)),
            ForWebJobs =
            [
                // The section that the extensions bind their options from.
                KeyValuePair.Create("AzureWebJobsConfigurationSection", (string?)Section),
                .. _json.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create($"{Section}:{pair.Key}", pair.Value)),
            ],
        };
        return _errors.Count == 0
            ? host
            : throw LocalHostException.Of("The host's settings cannot be used:", _errors);
    }

    private TimeSpan Duration(IConfiguration source, string key, TimeSpan fallback, TimeSpan min)
    {
        if (source[key] is not { Length: > 0 } text)
        {
            return fallback;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= TimeSpan.FromDays(7))
        {
            return value;
        }

        _errors.Add($"{key} is '{text}'; write hh:mm:ss, at least {min:c}.");
        return fallback;
    }
}
