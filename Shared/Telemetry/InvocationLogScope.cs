using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Shared.Telemetry;

/// <summary>
/// Adds the invocation to the scope of every log line, under the key that the worker's log writer reads. The OpenTelemetry
/// schema that <c>UseFunctionsWorkerDefaults</c> selects uses another key, and the Functions host drops a line whose invocation it does
/// not know: without this, neither the log stream nor a console shows a line of the app.
/// </summary>
internal sealed class InvocationLogScope(ILogger<InvocationLogScope> logger) : IFunctionsWorkerMiddleware
{
    private const string InvocationId = "AzureFunctions_InvocationId";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new(InvocationId, context.InvocationId) });
        await next(context);
    }
}
