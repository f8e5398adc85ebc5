using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Shared.Http;

/// <summary>Answers 503 where an HTTP function meets a storage outage that it does not handle itself, instead of a bare 500.</summary>
internal sealed partial class StorageOutageAnswer(ILogger<StorageOutageAnswer> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && context.GetHttpContext() is { RequestAborted.IsCancellationRequested: false })
        {
            Log.StorageUnavailable(logger, context.FunctionDefinition.Name, e.GetType().Name);
            context.GetInvocationResult().Value = new RetryLater(
                "The storage account does not answer. What was asked for may have been done in part: look at it, then try again.", "The storage account is away");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1131, LogLevel.Warning, "{Function}: storage does not answer ({Cause}); the request was answered 503")]
        public static partial void StorageUnavailable(ILogger logger, string function, string cause);
    }
}
