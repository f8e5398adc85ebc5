using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Messaging;

/// <summary>
/// What travels on every queue: which operation, which run and which attempt of it. The journal holds the rest, so a message may
/// be lost, repeated or late without harm. Never a secret.
/// </summary>
public sealed record StageMessage
{
    public const int CurrentVersion = 1;

    public int V { get; init; } = CurrentVersion;

    public required string Pipeline { get; init; }

    public required RecordKind Kind { get; init; }

    /// <summary>U-ON's number of the record.</summary>
    public required long Id { get; init; }

    /// <summary>The reason to work, a UUIDv7 as text: runs sort by time.</summary>
    public required string Run { get; init; }

    /// <summary>Counts the real tries of this run from 1, rising across stages.</summary>
    public required int Attempt { get; init; }

    /// <summary>W3C trace context: storage queues carry none.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Only on <c>uon-records</c>.</summary>
    public WebhookMetadata? Webhook { get; init; }

    public OperationId OperationId() => new(Pipeline, Kind, Id);
}
