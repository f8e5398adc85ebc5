using Azure;
using Azure.Storage.Queues.Models;

namespace UonOfferum.LocalHost.Queues;

/// <summary>The storage errors that mean something to a pump.</summary>
internal static class StorageErrors
{
    /// <summary>The message is gone, or someone else holds it: it is no longer ours to delete or hide.</summary>
    public static bool IsMessageLost(this RequestFailedException exception) =>
        exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch || exception.ErrorCode == QueueErrorCode.QueueBeingDeleted
        || exception.ErrorCode == QueueErrorCode.QueueDisabled;

    /// <summary>The first line of what happened: storage errors go on with the whole answer, which nobody reads in a log.</summary>
    public static string InnermostMessage(this Exception exception)
    {
        var message = exception is AggregateException { InnerExceptions: [.., var last] } ? last.InnermostMessage() : exception.Message;
        return message.Split('\n', 2)[0].Trim();
    }
}
