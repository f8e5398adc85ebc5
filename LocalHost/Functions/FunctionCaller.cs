using System.Diagnostics;
using Google.Protobuf;
using Microsoft.AspNetCore.Routing;
using UonOfferum.LocalHost.Settings;
using UonOfferum.LocalHost.Worker;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Functions;

/// <summary>Calls functions in the worker, each bounded by <c>functionTimeout</c>.</summary>
internal sealed class FunctionCaller(WorkerHost worker, HostSettings settings, TimeProvider time)
{
    // A function that ignores its cancellation token is abandoned after this time; its call may still finish in the worker.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <param name="function">The queue's.</param>
    /// <param name="message">As JSON, in the form that the worker's queue extension reads.</param>
    /// <param name="cancellationToken">Asks the function to stop.</param>
    public Task CallAsync(QueueFunction function, byte[] message, CancellationToken cancellationToken)
    {
        var request = Request(function);
        request.InputData.Add(new ParameterBinding
        {
            Name = function.Parameter,
            Data = new TypedData
            {
                ModelBindingData = new ModelBindingData
                {
                    Version = "1.0",
                    Source = "AzureStorageQueues",
                    ContentType = "application/json",
                    Content = ByteString.CopyFrom(message),
                },
            },
        });
        return CallAsync(function, request, cancellationToken);
    }

    public Task CallAsync(TimerFunction function, bool isPastDue, CancellationToken cancellationToken)
    {
        var request = Request(function);
        request.InputData.Add(new ParameterBinding
        {
            Name = function.Parameter,
            Data = new TypedData { Json = $$"""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":{{(isPastDue ? "true" : "false")}}}""" },
        });
        return CallAsync(function, request, cancellationToken);
    }

    /// <summary>The worker's reply to an HTTP call does not pass through here: it comes from the worker's own web server.</summary>
    /// <param name="function">The one that was routed to.</param>
    /// <param name="invocationId">Correlates this call with the forwarded request.</param>
    /// <param name="route">Filled into the function's parameters of the same names.</param>
    /// <param name="cancellationToken">Asks the function to stop.</param>
    public Task CallAsync(HttpFunction function, string invocationId, RouteValueDictionary route, CancellationToken cancellationToken)
    {
        var request = Request(function);
        request.InvocationId = invocationId;
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = new TypedData { Http = new RpcHttp() } });
        foreach (var (name, value) in route)
        {
            request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? "" };
        }

        return CallAsync(function, request, cancellationToken);
    }

    private async Task CallAsync(FunctionDefinition function, InvocationRequest request, CancellationToken cancellationToken)
    {
        if (settings.FunctionTimeout == Timeout.InfiniteTimeSpan)
        {
            await worker.InvokeAsync(request, cancellationToken);
            return;
        }

        using var limit = new CancellationTokenSource(settings.FunctionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await worker.InvokeAsync(request, either.Token).WaitAsync(settings.FunctionTimeout + Grace, time, CancellationToken.None);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && exception is OperationCanceledException or TimeoutException or FunctionFailedException)
        {
            throw new TimeoutException($"{function.Name} took longer than functionTimeout ({settings.FunctionTimeout:c}).", exception);
        }
    }

    private static InvocationRequest Request(FunctionDefinition function)
    {
        var id = Activity.Current?.Id is { } current && Activity.Current.IdFormat == ActivityIdFormat.W3C
            ? current
            : $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
        return new InvocationRequest { InvocationId = RandomId.New(), FunctionId = function.Id, TraceContext = new RpcTraceContext { TraceParent = id } };
    }
}
