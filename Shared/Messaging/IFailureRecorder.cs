using Azure.Storage.Queues.Models;

namespace UonOfferum.Shared.Messaging;

/// <summary>Records a stage's dead-lettered and unreadable messages in the journal and notifies an operator. Every poison queue is handled here.</summary>
public interface IFailureRecorder
{
    /// <param name="queue">The stage queue; the message came from it, or from its poison queue.</param>
    /// <param name="message">The platform's message.</param>
    /// <param name="cancellationToken">Cancels the wait, but the message must still be recorded.</param>
    Task RunAsync(string queue, QueueMessage message, CancellationToken cancellationToken);
}
