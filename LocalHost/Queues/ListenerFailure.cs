using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace UonOfferum.LocalHost.Queues;

/// <summary>Handles errors that end a listener, such as a long storage outage. The SDK's own handler would end the process.</summary>
internal sealed class ListenerFailure(Action<Exception> onFailure) : IWebJobsExceptionHandler
{
    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => OnUnhandledExceptionAsync(exceptionInfo);

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        onFailure(exceptionInfo.SourceException);
        return Task.CompletedTask;
    }
}
