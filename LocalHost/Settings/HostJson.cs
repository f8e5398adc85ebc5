using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace UonOfferum.LocalHost.Settings;

/// <summary>Reads <c>host.json</c> and lays the settings <c>AzureFunctionsJobHost__…</c> over it, as the host does.</summary>
internal sealed class HostJson
{
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
            var overrides = settings.GetSection("AzureFunctionsJobHost").AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null);
            return new HostJson(new ConfigurationBuilder().AddJsonStream(stream).AddInMemoryCollection(overrides).Build());
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new LocalHostException($"{file} is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <exception cref="LocalHostException">Names every value that cannot be used.</exception>
    public HostSettings Read(IConfiguration settings)
    {
        var host = new HostSettings();
        var queues = host.Queues;
        var batchSize = Number("extensions:queues:batchSize", queues.BatchSize, 1, 32);
        host = host with
        {
            RoutePrefix = (_json["extensions:http:routePrefix"] ?? host.RoutePrefix).Trim('/'),
            FunctionTimeout = _json["functionTimeout"] == "-1"
                ? Timeout.InfiniteTimeSpan
                : Duration(_json, "functionTimeout", host.FunctionTimeout, TimeSpan.FromSeconds(1)),
            Queues = new QueueSettings
            {
                BatchSize = batchSize,
                NewBatchThreshold = Number("extensions:queues:newBatchThreshold", batchSize / 2 * Environment.ProcessorCount, 0, 1000),
                MaxPollingInterval = Duration(_json, "extensions:queues:maxPollingInterval", queues.MaxPollingInterval, TimeSpan.FromMilliseconds(100)),
                VisibilityTimeout = Duration(_json, "extensions:queues:visibilityTimeout", queues.VisibilityTimeout, TimeSpan.Zero),
                MaxDequeueCount = Number("extensions:queues:maxDequeueCount", queues.MaxDequeueCount, 1, int.MaxValue),
                Base64 = Base64(),
                MessageLock = Duration(settings, "LocalHost:MessageLock", queues.MessageLock, TimeSpan.FromSeconds(2)),
            },
        };
        return _errors.Count == 0
            ? host
            : throw LocalHostException.Of("The host's settings cannot be used:", _errors);
    }

    private bool Base64()
    {
        var text = _json["extensions:queues:messageEncoding"];
        switch (text?.ToUpperInvariant())
        {
            case null or "BASE64":
                return true;
            case "NONE":
                return false;
            default:
                _errors.Add($"extensions:queues:messageEncoding is '{text}'; write base64 or none.");
                return true;
        }
    }

    private int Number(string key, int fallback, int min, int max)
    {
        if (_json[key] is not { Length: > 0 } text)
        {
            return fallback;
        }

        if (int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is '{text}'; write a number from {min} to {max}."));
        return fallback;
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
