using Azure;
using Azure.Identity;

namespace UonOfferum.Shared.Storage;

/// <summary>
/// Distinguishes transient storage failures (no reply, a timeout, refused credentials) from permanent ones: a request that storage rejects
/// for its content would fail forever.
/// </summary>
public static class StorageErrors
{
    public static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 404 or 408 or 429 or >= 500,
        AuthenticationFailedException => true,
        AggregateException many => many.InnerExceptions.All(IsTransient),
        TaskCanceledException or TimeoutException => true,
        _ => false,
    };
}
