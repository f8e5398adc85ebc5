using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Messaging;

/// <summary>
/// The message of every queue: the operation, its run and its attempt. The journal holds the rest, so a message may
/// be lost, duplicated or late without harm. It never contains a secret.
/// </summary>
public sealed record StageMessage
{
    public const int CurrentVersion = 1;

    public int V { get; init; } = CurrentVersion;

    public required string Pipeline { get; init; }

    public required RecordKind Kind { get; init; }

    /// <summary>U-ON's number of the record.</summary>
    public required long Id { get; init; }

    /// <summary>The run that the message belongs to, a UUIDv7 as text: runs sort by time.</summary>
    public required string Run { get; init; }

    /// <summary>The attempt within this run, from 1, increasing across stages.</summary>
    public required int Attempt { get; init; }

    /// <summary>W3C trace context: storage queues do not propagate it.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Only on <c>uon-records</c>.</summary>
    public WebhookMetadata? Webhook { get; init; }

    public OperationId OperationId() => new(Pipeline, Kind, Id);
}
