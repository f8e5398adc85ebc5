using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>
/// Writes the outcomes of a sale into its record: reads it, adds the missing values in one call, and reads it again, because U-ON returns 200
/// even for values that it ignores. The read before each write makes it idempotent.
/// </summary>
public sealed class WriteBackDestination(UonClient uon, UonRateLimiter limiter, IEnumerable<DestinationQueue> destinations, TimeProvider time) : IDestination
{
    public const string DestinationName = "uon-write";

    public const string QueueName = "uon-updates";

    /// <summary>The calls of one write-back: a read, a write and a read.</summary>
    private const int Calls = 3;

    /// <summary>The calls after the first wait for U-ON's limit while the claim is held.</summary>
    private static readonly TimeSpan WaitWithinLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WhenCrowded = TimeSpan.FromSeconds(5);

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool IsReport => true;

    public bool Serves(Pipeline pipeline) => pipeline.Get<UonSettings>().WriteBack.IsOn;

    public DeliveryPolicy Policy(Pipeline pipeline)
    {
        var settings = pipeline.Get<UonSettings>();
        return new DeliveryPolicy(Calls * settings.Timeout + WaitWithinLimit, settings.Retry, UncertainPolicy.Resend) { IsIdempotent = true };
    }

    public string Account(Pipeline pipeline) => CabinetOf(pipeline.Get<UonSettings>());

    /// <summary>Spaces this process's write-backs before their claims. Each request then takes a slot of the cabinet's rate, which all instances share with reads.</summary>
    public async ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken) =>
        await limiter.WaitAsync(pipeline.Get<UonSettings>(), cancellationToken) ? null : time.GetUtcNow() + WhenCrowded;

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<UonSettings>();
        var plan = PlanOf(settings, operation, operation.DeliveryTo(Name)?.Reports ?? []);
        return new OrderPreview(
            new Uri(settings.BaseAddress, $"{EffectiveSettings.Hidden}/request/update/{operation.Id.RecordId}.json").AbsoluteUri,
            [.. plan.Notes.Select(n => KeyValuePair.Create("note", n.Text)), .. plan.Fields.Select(f => KeyValuePair.Create($"extended_fields[{f.Key}]", f.Value))]);
    }

    public async Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var reports = operation.DeliveryTo(Name)?.Reports ?? [];
        using var timeout = new CancellationTokenSource(Policy(pipeline).Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await WriteAsync(pipeline.Get<UonSettings>(), operation, reports, either.Token) with { Reported = reports };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryReply(DeliveryOutcome.Transient) { Detail = "U-ON's rate limit did not allow the write in time" };
        }
    }

    private async Task<DeliveryReply> WriteAsync(UonSettings settings, Operation operation, IReadOnlyList<OutcomeReport> reports, CancellationToken cancellationToken)
    {
        var plan = PlanOf(settings, operation, reports);
        var outcomes = string.Join(", ", reports.Select(r => r.Outcome));
        var before = await uon.GetRecordAsync(settings, operation.Id.Kind, operation.Id.RecordId, cancellationToken);
        if (before is not UonReply.Found had)
        {
            return WriteBackReplies.Read(before);
        }

        var form = plan.Missing(had.Record);
        if (form.Count == 0)
        {
            return new DeliveryReply(DeliveryOutcome.Delivered) { Detail = $"{outcomes}: U-ON has it already" };
        }

        var answer = await uon.UpdateRecordAsync(settings, operation.Id.RecordId, form, cancellationToken);
        if (answer is not UonReply.Written)
        {
            return WriteBackReplies.Read(answer);
        }

        var after = await uon.GetRecordAsync(settings, operation.Id.Kind, operation.Id.RecordId, cancellationToken);
        return after is not UonReply.Found has ? WriteBackReplies.Read(after)
            : plan.Refused(has.Record) is { } what ? new DeliveryReply(DeliveryOutcome.Rejected) { Status = 200, Detail = $"U-ON reported success, but {what}" }
            : new DeliveryReply(DeliveryOutcome.Delivered) { Status = 200, Detail = $"{outcomes}: {WriteBackPlan.Describe(form)}" };
    }

    private WriteBackPlan PlanOf(UonSettings settings, Operation operation, IReadOnlyList<OutcomeReport> reports)
    {
        // An outcome may be reported before the reply with the order's id.
        var orderId = OutcomeRules.SaleOf(operation, destinations.Select(d => d.Destination))?.OrderId;
        return WriteBackPlan.Of(settings.WriteBack, operation, [.. reports.Select(r => r with { OrderId = r.OrderId ?? orderId })], settings.TimeZone);
    }

    private static string CabinetOf(UonSettings settings) => settings.CabinetId ?? settings.BaseAddress.Host;
}
