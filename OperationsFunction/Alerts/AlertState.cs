using System.Text.Json.Serialization;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Causes that operators were notified of, pending messages and the state of the channels: one row, changed under its ETag.</summary>
public sealed record AlertState
{
    /// <summary>Current causes that operators were notified of, by key. The stored name is older.</summary>
    [JsonPropertyName("Told")]
    public IReadOnlyDictionary<string, AlertCause> Notified { get; init; } = new Dictionary<string, AlertCause>(StringComparer.Ordinal);

    /// <summary>Decided and not sent yet; the oldest first.</summary>
    public IReadOnlyList<PendingAlert> Pending { get; init; } = [];

    /// <summary>By name of the channel.</summary>
    public IReadOnlyDictionary<string, ChannelState> Channels { get; init; } = new Dictionary<string, ChannelState>(StringComparer.Ordinal);

    /// <summary>The day of the last daily summary, Moscow time.</summary>
    public DateOnly? SummedUp { get; init; }

    /// <summary>Lease: until then one process sends the pending messages, and others skip them.</summary>
    public DateTimeOffset? SendingUntil { get; init; }
}

/// <param name="Channel">Name of the channel.</param>
/// <param name="Recipient">One of the channel's.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Some lines.</param>
/// <param name="Since">When it was decided.</param>
public sealed record PendingAlert(string Channel, string Recipient, string Subject, string Text, DateTimeOffset Since);

/// <param name="Ok">The last message was sent.</param>
/// <param name="At">When it was tried.</param>
/// <param name="Message">The problem; null when there was none.</param>
public sealed record ChannelState(bool Ok, DateTimeOffset At, string? Message);
