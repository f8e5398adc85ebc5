namespace UonOfferum.Shared.Operations;

/// <summary>
/// A webhook that announced the record again while U-ON could not be asked. It changes nothing yet: the run begins when U-ON's circuit breaker
/// closes.
/// </summary>
/// <param name="Run">The run it will be.</param>
/// <param name="Webhook">The webhook's words.</param>
/// <param name="Traceparent">W3C trace context.</param>
public sealed record ParkedRun(string Run, WebhookMetadata? Webhook, string? Traceparent);
