using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators.Storage;

/// <summary>Applies the current fault to requests to an account.</summary>
internal sealed class StorageSpoiler
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(9);

    private readonly ConcurrentDictionary<string, byte> _lost = new(StringComparer.Ordinal);

    public StorageFault? Fault { get; set; }

    /// <summary>True when the request must not reach the account.</summary>
    public async Task<bool> AnswersInsteadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        switch (Fault)
        {
            case StorageFault.Slow:
                await Task.Delay(Slowness, TimeProvider.System, cancellationToken);
                return false;
            case StorageFault.ServerError:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return true;
            case StorageFault.ServerBusy:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return true;
            case StorageFault.Conflict when IsWrite(context.Request):
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                return true;
            default:
                return false;
        }
    }

    /// <summary>True when the response must not reach the client.</summary>
    public bool LosesReply(HttpRequest request) => Fault switch
    {
        StorageFault.ReplyLost => IsWrite(request),

        // The client's retries of one request have the same id.
        StorageFault.FirstReplyLost => IsWrite(request) && _lost.TryAdd($"{request.Headers["x-ms-client-request-id"]}", 0),
        _ => false,
    };

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method);
}
