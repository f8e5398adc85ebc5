using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Worker;

/// <summary>One worker as the host sees it: its message stream, its functions, the calls that run in it.</summary>
internal sealed class WorkerChannel(string workerId, WorkerApp app, WorkerLogs logs)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RunningCall> _calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _failure;

    public string WorkerId => workerId;

    /// <summary>Where the worker's own web server listens; known after <see cref="InitializeAsync"/>.</summary>
    public string HttpAddress { get; private set; } = "";

    /// <summary>Calls under way.</summary>
    public int Running => _calls.Count;

    /// <summary>Carries messages both ways until the worker or LocalHost ends.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        var writing = WriteAsync(outgoing, cancellationToken);
        await foreach (var message in incoming.ReadAllAsync(cancellationToken))
        {
            Take(message);
        }

        _outgoing.Writer.TryComplete();
        await writing;
    }

    /// <summary>Initializes the worker, asks for its functions and loads them.</summary>
    /// <exception cref="LocalHostException">The worker reports a failure.</exception>
    public async Task<IReadOnlyList<RpcFunctionMetadata>> InitializeAsync(CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        var greeting = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = app.Folder, FunctionAppDirectory = app.Folder };
        var init = (await AskAsync(new StreamingMessage { WorkerInitRequest = greeting }, cancellationToken)).WorkerInitResponse;
        Require(init.Result, "The worker did not initialize");
        HttpAddress = init.Capabilities.TryGetValue("HttpUri", out var address) ? address : "";

        var request = new FunctionsMetadataRequest { FunctionAppDirectory = app.Folder };
        var metadata = (await AskAsync(new StreamingMessage { FunctionsMetadataRequest = request }, cancellationToken)).FunctionMetadataResponse;
        Require(metadata.Result, "The worker's functions cannot be listed");
        foreach (var function in metadata.FunctionMetadataResults)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = (await AskAsync(new StreamingMessage { FunctionLoadRequest = load }, cancellationToken)).FunctionLoadResponse;
            Require(loaded.Result, $"The function {function.Name} cannot be loaded");
        }

        return metadata.FunctionMetadataResults;
    }

    /// <summary>Calls a function and waits for it to finish. The token asks the function to stop; it does not abandon it.</summary>
    /// <exception cref="FunctionFailedException">The function failed, or the worker ended while it ran.</exception>
    /// <exception cref="OperationCanceledException">The function ended because it was asked to.</exception>
    public async Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var call = new RunningCall(new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously));
        _calls[request.InvocationId] = call;
        try
        {
            if (_failure is { } failure)
            {
                throw new FunctionFailedException(failure);
            }

            _outgoing.Writer.TryWrite(new StreamingMessage { InvocationRequest = request });
            await using var cancelling = cancellationToken.Register(
                () => _outgoing.Writer.TryWrite(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
            var response = await call.Response.Task;
            switch (response.Result?.Status)
            {
                case StatusResult.Types.Status.Success:
                    return;
                case StatusResult.Types.Status.Cancelled:
                    throw new OperationCanceledException(response.Result.Exception?.Message, cancellationToken);
                default:
                    throw FunctionFailedException.From(response.Result?.Exception);
            }
        }
        finally
        {
            _calls.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker to end. The worker does not wait for its queue and timer functions, so drain them first.</summary>
    public void Terminate() => _outgoing.Writer.TryWrite(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    /// <summary>The worker has ended: all pending calls fail now.</summary>
    public void Fail(string reason)
    {
        _failure = reason;
        _started.TrySetException(new FunctionFailedException(reason));
        _outgoing.Writer.TryComplete();
        foreach (var question in _asked.Values)
        {
            question.TrySetException(new FunctionFailedException(reason));
        }

        foreach (var call in _calls.Values)
        {
            call.Response.TrySetException(new FunctionFailedException(reason));
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        message.RequestId = RandomId.New();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[message.RequestId] = answer;
        try
        {
            _outgoing.Writer.TryWrite(message);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _asked.TryRemove(message.RequestId, out _);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await outgoing.WriteAsync(message, cancellationToken);
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                // As in the Functions host: a line that belongs to no running call is dropped, unless the worker itself wrote it.
                if (message.RpcLog.LogCategory == RpcLog.Types.RpcLogCategory.System || _calls.ContainsKey(message.RpcLog.InvocationId))
                {
                    logs.Write(message.RpcLog);
                }

                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_calls.TryGetValue(message.InvocationResponse.InvocationId, out var call))
                {
                    call.Response.TrySetResult(message.InvocationResponse);
                }

                break;
            default:
                if (_asked.TryGetValue(message.RequestId, out var answer))
                {
                    answer.TrySetResult(message);
                }

                break;
        }
    }

    private static void Require(StatusResult? result, string what)
    {
        if (result?.Status != StatusResult.Types.Status.Success)
        {
            throw new LocalHostException($"{what}: {result?.Exception?.Message ?? "no reason was given"}");
        }
    }

    private sealed record RunningCall(TaskCompletionSource<InvocationResponse> Response);
}
