using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators.Storage;

/// <summary>Does to requests on their way to an account what its fault says.</summary>
internal sealed class StorageSpoiler
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(9);

    private readonly ConcurrentDictionary<string, byte> _lost = new(StringComparer.Ordinal);

    public StorageFault? Fault { get; set; }

    /// <summary>True when the account is not to see the request.</summary>
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
            default:
                return false;
        }
    }

    /// <summary>True when nobody is to hear what became of the request.</summary>
    public bool LosesReply(HttpRequest request) => Fault switch
    {
        StorageFault.ReplyLost => IsWrite(request),

        // The client's repetitions of one request bear one id.
        StorageFault.FirstReplyLost => IsWrite(request) && _lost.TryAdd($"{request.Headers["x-ms-client-request-id"]}", 0),
        _ => false,
    };

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method);
}
