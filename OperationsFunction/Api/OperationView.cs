using System.Globalization;
using System.Text.Json.Serialization;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>An operation as the API shows it. Phones and e-mails are masked unless they were asked for by name (<c>reveal</c>).</summary>
public sealed record OperationView(
    string Id,
    string Pipeline,
    string Kind,
    string RecordId,
    string State,
    string Run,
    int Attempt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? NextTryAt,
    IReadOnlyDictionary<string, string> Fields,
    ErrorView? Error,
    IReadOnlyList<DeliveryView> Deliveries,
    PostbackView? Postback,
    IReadOnlyList<EventView> Events,
    string? RecordUrl)
{
    public static OperationView Of(Operation operation, PipelineCatalog pipelines, bool revealed = false) => new(
        operation.Id.ToString(),
        operation.Id.Pipeline,
        operation.Id.Kind.Name(),
        operation.Id.RecordId.ToString(CultureInfo.InvariantCulture),
        operation.State.ToString(),
        operation.Run,
        operation.Attempt,
        operation.ReceivedAt,
        operation.UpdatedAt,
        operation.State == OperationState.Sending ? null : operation.NextTryAt,
        (revealed ? operation.Fields : Mask.Fields(operation.Fields)).ToDictionary(StringComparer.Ordinal),
        operation.Error is { } error ? new ErrorView(error.Code, error.Message, error.Stage) : null,
        [.. operation.Deliveries.Select(d => DeliveryView.Of(d, operation.Fields, revealed))],
        operation.Postback is { } postback ? new PostbackView(postback.Status, postback.Payout, postback.Currency, postback.At) : null,
        [.. operation.Events.Select(e => new EventView(e.At, e.Name, e.Attempt, e.Detail, operation.Deliveries.Count > 1 ? e.Destination : null))],
        pipelines.TryFind(operation.Id.Pipeline, out var pipeline) && operation.Id.Kind != RecordKind.Auto
            ? pipeline.LinkTo(operation.Id.Kind, operation.Id.RecordId)?.AbsoluteUri
            : null);
}

public sealed record ErrorView(string Code, string Message, string Stage);

public sealed record DeliveryView(string Destination, string State, string? OrderId, int Attempts, ReplyView? Reply)
{
    internal static DeliveryView Of(Delivery delivery, RecordFields fields, bool revealed) => new(
        delivery.Destination,
        delivery.State.ToString(),
        delivery.OrderId,
        delivery.Sends,
        delivery.ReplyStatus is { } status
            ? new ReplyView(status, revealed || delivery.ReplyBody is null ? delivery.ReplyBody : Mask.Reply(delivery.ReplyBody, fields))
            : null);
}

public sealed record ReplyView(int Status, string? Body);

public sealed record PostbackView(string Status, string? Payout, string? Currency, DateTimeOffset At);

/// <param name="At">When it happened.</param>
/// <param name="Name">One of <see cref="EventNames"/>.</param>
/// <param name="Attempt">The attempt it belongs to.</param>
/// <param name="Detail">A few words.</param>
/// <param name="Destination">Whose delivery it tells of; only there where an operation has several.</param>
public sealed record EventView(
    DateTimeOffset At, string Name, int Attempt, string? Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Destination);

/// <summary>One page of operations.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record OperationPage(IReadOnlyList<OperationView> Items, string? Next);
