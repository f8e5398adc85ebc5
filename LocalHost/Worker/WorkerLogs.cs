using Microsoft.Extensions.Logging;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Worker;

/// <summary>Puts the worker's log lines into the host's stream, under the category that wrote them.</summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    public void Write(RpcLog line)
    {
        // The worker's own lines report its start and each failed call, which the host already logs.
        var level = (LogLevel)line.Level;
        if (line.Category.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal)
            || (line.LogCategory == RpcLog.Types.RpcLogCategory.System && level < LogLevel.Warning))
        {
            return;
        }

        var exception = line.Exception is { } remote ? FunctionFailedException.From(remote) : null;
        loggers.CreateLogger(line.Category).Log(level, default, line.Message, exception, static (message, _) => message);
    }
}
