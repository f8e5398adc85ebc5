using Azure;

namespace UonOfferum.Shared.Storage;

/// <summary>What the storage client throws when storage does not answer, or not in time.</summary>
public static class StorageTrouble
{
    public static bool Is(Exception exception) => exception switch
    {
        RequestFailedException => true,
        AggregateException many => many.InnerExceptions.All(Is),
        TaskCanceledException or TimeoutException => true,
        _ => false,
    };
}
