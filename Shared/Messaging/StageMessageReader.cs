using Azure.Storage.Queues.Models;

namespace UonOfferum.Shared.Messaging;

/// <summary>
/// Reads the messages of the stage queues. An invalid body stays invalid on redelivery, so it is recorded at once,
/// as the poison queue's handler would do after five attempts.
/// </summary>
public sealed class StageMessageReader(IFailureRecorder recorder)
{
    /// <summary>Null when it was recorded as unreadable; the message may then be completed.</summary>
    public async Task<StageMessage?> ReadAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        if (StageMessageJson.Read(message.Body, out _) is { } read)
        {
            return read;
        }

        await recorder.RunAsync(queue, message, cancellationToken);
        return null;
    }
}
