using Azure;
using Azure.Identity;

namespace UonOfferum.Shared.Storage;

/// <summary>
/// What the storage client throws when storage does not answer, not in time, or not us: trouble that passes. A request that storage
/// refuses for what it holds is no such trouble, and repeating it would never end.
/// </summary>
public static class StorageTrouble
{
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 404 or 408 or 429 or >= 500,
        AuthenticationFailedException => true,
        AggregateException many => many.InnerExceptions.All(Is),
        TaskCanceledException or TimeoutException => true,
        _ => false,
    };
}
