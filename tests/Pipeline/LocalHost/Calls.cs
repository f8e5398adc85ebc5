using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace UonOfferum.Tests.Pipeline.LocalHost;

/// <param name="Id">The message's.</param>
/// <param name="Body">Decoded.</param>
/// <param name="DequeueCount">1 at its first reception.</param>
/// <param name="InsertedOn">When it was sent.</param>
internal sealed record TakenMessage(string Id, string Body, long DequeueCount, DateTimeOffset? InsertedOn);

/// <summary>What the bare app's functions were called with, and what they are to do: they ask here, from their process.</summary>
internal sealed class Calls : IAsyncDisposable
{
    private readonly WebApplication _web;
    private int _ticks;
    private int _rare;

    private Calls(WebApplication web) => _web = web;

    public ConcurrentQueue<TakenMessage> Messages { get; } = new();

    /// <summary>What the queue's function does; a throw is a throw there. The token ends when the function's does.</summary>
    public Func<TakenMessage, CancellationToken, Task> OnMessage { get; set; } = (_, _) => Task.CompletedTask;

    public Func<CancellationToken, Task> OnSlow { get; set; } = _ => Task.CompletedTask;

    public int Ticks => _ticks;

    public int Rare => _rare;

    public Uri Address => new(_web.Urls.First() + "/");

    public static async Task<Calls> StartAsync()
    {
        var web = Build();
        web.Urls.Add("http://127.0.0.1:0");
        var calls = new Calls(web);
        RequestDelegate take = calls.TakeAsync;
        web.Map("/{what}", take);
        await web.StartAsync();
        return calls;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private async Task TakeAsync(HttpContext context)
    {
        try
        {
            switch ((string)context.Request.RouteValues["what"]!)
            {
                case "message":
                    var message = (await context.Request.ReadFromJsonAsync<TakenMessage>())!;
                    Messages.Enqueue(message);
                    await OnMessage(message, context.RequestAborted);
                    break;
                case "tick":
                    Interlocked.Increment(ref _ticks);
                    break;
                case "rare":
                    Interlocked.Increment(ref _rare);
                    break;
                case "slow":
                    await OnSlow(context.RequestAborted);
                    break;
                default:
                    throw new InvalidOperationException("The bare app asks something that no test knows.");
            }
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
