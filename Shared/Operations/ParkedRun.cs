namespace UonOfferum.Shared.Operations;

/// <summary>
/// A webhook that announced the record again while U-ON was unavailable. It changes nothing yet: the run starts when U-ON's circuit breaker
/// closes.
/// </summary>
/// <param name="Run">The run to start.</param>
/// <param name="Webhook">The webhook's metadata.</param>
/// <param name="Traceparent">W3C trace context.</param>
public sealed record ParkedRun(string Run, WebhookMetadata? Webhook, string? Traceparent);
