using UonOfferum.LocalHost.Worker.Rpc;

namespace UonOfferum.LocalHost.Worker;

/// <summary>A function failed in the worker, or the worker ended while it ran.</summary>
public sealed class FunctionFailedException : Exception
{
    private readonly string? _remote;

    public FunctionFailedException(string message)
        : base(message)
    {
    }

    private FunctionFailedException(RpcException exception)
        : base(exception.Message) => _remote = $"{exception.Message}{Environment.NewLine}{exception.StackTrace}".TrimEnd();

    internal static FunctionFailedException From(RpcException? exception) =>
        exception is null ? new FunctionFailedException("The function failed without a reason.") : new FunctionFailedException(exception);

    /// <summary>The worker's own stack trace: the host's says nothing about the function.</summary>
    public override string ToString() => _remote ?? Message;
}
