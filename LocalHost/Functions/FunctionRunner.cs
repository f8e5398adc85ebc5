using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace UonOfferum.LocalHost.Functions;

/// <summary>Calls one function: a fresh instance from the container, a token that ends with <c>functionTimeout</c>.</summary>
internal sealed class FunctionRunner(FunctionDefinition function, TimeSpan timeout, TimeProvider time)
{
    // A function that does not heed its token is left behind after this; the real host restarts the worker.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ObjectFactory? _factory = function.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Type, Type.EmptyTypes);

    /// <exception cref="TimeoutException">It took longer than <c>functionTimeout</c>.</exception>
    public async Task<IResult?> RunAsync(IServiceProvider services, object trigger, RouteValueDictionary? route, CancellationToken cancellationToken)
    {
        var instance = _factory?.Invoke(services, null);
        try
        {
            if (timeout == Timeout.InfiniteTimeSpan)
            {
                return await function.Call(instance, trigger, route, cancellationToken);
            }

            using var limit = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await function.Call(instance, trigger, route, either.Token).WaitAsync(timeout + Grace, time, CancellationToken.None);
            }
            catch (Exception exception) when (limit.IsCancellationRequested && exception is OperationCanceledException or TimeoutException)
            {
                throw new TimeoutException($"{function.Name} took longer than functionTimeout ({timeout:c}).", exception);
            }
        }
        finally
        {
            await DisposeAsync(instance);
        }
    }

    /// <summary>As above, in a scope of its own.</summary>
    public async Task RunAsync(IServiceScopeFactory scopes, object trigger, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RunAsync(scope.ServiceProvider, trigger, route: null, cancellationToken);
    }

    private static ValueTask DisposeAsync(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (instance as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
