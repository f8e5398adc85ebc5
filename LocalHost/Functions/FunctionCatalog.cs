using System.Text.Json;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Functions;

/// <summary>The functions of the app.</summary>
internal sealed class FunctionCatalog(IReadOnlyList<FunctionDefinition> functions)
{
    public IReadOnlyList<FunctionDefinition> All => functions;

    public IEnumerable<HttpFunction> Http => All.OfType<HttpFunction>();

    public IEnumerable<QueueFunction> Queues => All.OfType<QueueFunction>();

    public IEnumerable<TimerFunction> Timers => All.OfType<TimerFunction>();

    /// <summary>The catalog of an app in which these functions are switched off.</summary>
    public FunctionCatalog Without(Func<string, bool> isDisabled) => new([.. All.Where(function => !isDisabled(function.Name))]);

    /// <exception cref="LocalHostException">Names every function that LocalHost cannot run.</exception>
    public static FunctionCatalog Read(IEnumerable<RpcFunctionMetadata> metadata)
    {
        var errors = new List<string>();
        var functions = new List<FunctionDefinition>();
        foreach (var function in metadata)
        {
            if (Read(function) is { } known)
            {
                functions.Add(known);
            }
            else
            {
                errors.Add($"{function.Name} has no HTTP, queue or timer trigger, or several triggers.");
            }
        }

        foreach (var same in functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            errors.Add($"{same.Count()} functions are named {same.Key}. Names must be unique within the app.");
        }

        return errors.Count == 0
            ? new FunctionCatalog([.. functions.OrderBy(f => f.Name, StringComparer.Ordinal)])
            : throw LocalHostException.Of("LocalHost cannot run these functions:", errors);
    }

    private static FunctionDefinition? Read(RpcFunctionMetadata function)
    {
        var triggers = function.RawBindings
            .Select(text => JsonDocument.Parse(text).RootElement)
            .Where(binding => Text(binding, "type")?.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) == true)
            .ToList();
        if (triggers is not [var trigger])
        {
            return null;
        }

        var (name, id, parameter) = (function.Name, function.FunctionId, Text(trigger, "name")!);
        return Text(trigger, "type")!.ToUpperInvariant() switch
        {
            "HTTPTRIGGER" => new HttpFunction(name, id, parameter,
                !string.Equals(Text(trigger, "authLevel"), "Anonymous", StringComparison.OrdinalIgnoreCase),
                [.. Methods(trigger).Select(method => method.ToUpperInvariant())], Text(trigger, "route") ?? name),
            "QUEUETRIGGER" => new QueueFunction(name, id, parameter, Text(trigger, "queueName")!, Text(trigger, "connection")),
            "TIMERTRIGGER" => new TimerFunction(name, id, parameter, Text(trigger, "schedule")!, Flag(trigger, "useMonitor") ?? true, Flag(trigger, "runOnStartup") ?? false),
            _ => null,
        };
    }

    // The worker's generator writes names in either case, and flags as text or as JSON.
    private static JsonElement? Find(JsonElement binding, string name) =>
        binding.EnumerateObject().Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Select(p => (JsonElement?)p.Value).FirstOrDefault();

    private static string? Text(JsonElement binding, string name) =>
        Find(binding, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static bool? Flag(JsonElement binding, string name) =>
        Find(binding, name) is { } value && bool.TryParse(value.ToString(), out var flag) ? flag : null;

    private static IEnumerable<string> Methods(JsonElement binding) =>
        Find(binding, "methods") is { ValueKind: JsonValueKind.Array } methods ? methods.EnumerateArray().Select(m => m.GetString()!) : [];
}
