using Azure.Storage.Queues.Models;

namespace UonOfferum.Shared.Deliveries;

/// <summary>Writes what a stage gave up into the journal and tells a person. Every stage's poison queue leads here.</summary>
public interface IFailureRecorder
{
    /// <param name="queue">The stage queue whose poison queue this message came from.</param>
    /// <param name="message">The platform's message.</param>
    /// <param name="cancellationToken">Ends the wait, not the duty.</param>
    Task RunAsync(string queue, QueueMessage message, CancellationToken cancellationToken);
}
