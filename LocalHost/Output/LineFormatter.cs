using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace UonOfferum.LocalHost.Output;

/// <summary>One line per event: time, level, category, message, and scopes such as the operation. Stack traces follow, indented.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    // Also thrown as an exception, which the caller that started the host reports in one sentence.
    private const int HostedServiceStartupFaulted = 11;

    // The web server's scopes hold the request's path, which includes the webhook's secret.
    private static readonly HashSet<string> Untold =
        new(["RequestPath", "RequestId", "ConnectionId", "SpanId", "TraceId", "ParentId", "{OriginalFormat}"], StringComparer.Ordinal);

    // Colour only for a terminal, not for a file or a pipe.
    private readonly bool _colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.EventId.Id == HostedServiceStartupFaulted && logEntry.Category == "Microsoft.Extensions.Hosting.Internal.Host")
        {
            return;
        }

        var (level, colour) = Level(logEntry.LogLevel);
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write(_colour ? $"\e[{colour}m{level}\e[0m " : level + ' ');
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        WriteScopes(scopeProvider, textWriter);
        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine("    " + exception.ToString().ReplaceLineEndings(Environment.NewLine + "    "));
        }
    }

    private static void WriteScopes(IExternalScopeProvider? scopes, TextWriter writer)
    {
        var told = new List<string>();
        scopes?.ForEachScope(static (scope, told) =>
        {
            if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
            {
                told.AddRange(pairs
                    .Where(pair => !Untold.Contains(pair.Key) && !pair.Key.StartsWith("MS_", StringComparison.Ordinal))
                    .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
            }
        }, told);
        if (told.Count > 0)
        {
            writer.Write($" [{OneLine(string.Join(' ', told))}]");
        }
    }

    // A line break within a message would let untrusted text look like a separate event.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static (string Name, int Colour) Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => ("debug", 90),
        LogLevel.Information => ("info ", 32),
        LogLevel.Warning => ("warn ", 33),
        _ => ("error", 31),
    };
}
