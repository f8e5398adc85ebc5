using System.Globalization;
using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Views;

/// <summary>An operation as the API shows it. Phones and e-mails are masked unless they were requested explicitly (<c>reveal</c>).</summary>
/// <param name="Id">Its pipeline, kind and number.</param>
/// <param name="Pipeline">Its name.</param>
/// <param name="Kind">A lead or a request.</param>
/// <param name="RecordId">Its number in U-ON.</param>
/// <param name="State">The first state, in order, that any of its parts is in.</param>
/// <param name="Run">The current run.</param>
/// <param name="Attempt">The last attempt made, or the next one.</param>
/// <param name="ReceivedAt">When its first webhook arrived.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="NextTryAt">When it is retried automatically; null when it is not, or when it is running.</param>
/// <param name="InProgress">The app continues what is in this state by itself, without an operator.</param>
/// <param name="Resending">It is Uncertain and will be sent again automatically; an Uncertain one without this waits for an operator.</param>
/// <param name="MayHaveArrived">A destination may have the order that an action without <c>destination</c> would touch: sending it again needs confirmation.</param>
/// <param name="Fields">The record's fields.</param>
/// <param name="Error">The error that stopped it.</param>
/// <param name="Deliveries">One for each destination.</param>
/// <param name="AllowedActions">The actions allowed without <c>destination</c>.</param>
/// <param name="Postback">The network's last report.</param>
/// <param name="Events">Its story.</param>
/// <param name="RecordUrl">The record in U-ON.</param>
/// <param name="Revision">The pipeline's revision; null when it is kept as code.</param>
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
    bool InProgress,
    bool Resending,
    bool MayHaveArrived,
    IReadOnlyDictionary<string, string> Fields,
    ErrorView? Error,
    IReadOnlyList<DeliveryView> Deliveries,
    IReadOnlyList<string> AllowedActions,
    PostbackView? Postback,
    IReadOnlyList<EventView> Events,
    string? RecordUrl,
    int? Revision = null)
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
        operation.IsInProgress,
        operation.State == OperationState.Uncertain && operation.IsInProgress,
        operation.Deliveries.Exists(d => ActionScope.StateOf(operation, d.Destination) == operation.State && d.IsInDoubt() && !d.State.IsSold()),
        (revealed ? operation.Fields : Mask.Fields(operation.Fields)).ToDictionary(StringComparer.Ordinal),
        operation.Error is { } error ? new ErrorView(error.Code, error.Message, error.Stage) : null,
        [.. operation.Deliveries.Select(d => DeliveryView.Of(operation, d, !pipelines.Knows(operation.Id.Pipeline), revealed))],
        ActionNames.AllowedFor(operation, !pipelines.Knows(operation.Id.Pipeline)),
        operation.Postback is { } postback ? new PostbackView(postback.Status, postback.Payout, postback.Currency, postback.At) : null,
        [.. operation.Events.Select(e => new EventView(e.At, e.Name, e.Attempt, e.Detail, operation.Deliveries.Count > 1 ? e.Destination : null, e.Revision))],
        pipelines.TryFind(operation.Id.Pipeline, out var pipeline) && operation.Id.Kind != RecordKind.Auto
            ? pipeline.LinkTo(operation.Id.Kind, operation.Id.RecordId)?.AbsoluteUri
            : null,
        operation.Revision);
}

public sealed record ErrorView(string Code, string Message, string Stage)
{
    /// <summary>The message, sentence by sentence, for readers in another language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SentenceView>? Says => SentenceCatalog.Read(Message);
}

/// <param name="Destination">Its name.</param>
/// <param name="State">The delivery's own state.</param>
/// <param name="OrderId">At the destination.</param>
/// <param name="Attempts">POST requests started.</param>
/// <param name="Reply">The last reply.</param>
/// <param name="Error">The error that stopped it.</param>
/// <param name="NextTryAt">When it is retried automatically; null when it is not, or when it is running.</param>
/// <param name="InProgress">The app continues it by itself, without an operator.</param>
/// <param name="Resending">It is Uncertain and will be sent again automatically; an Uncertain one without this waits for an operator.</param>
/// <param name="MayHaveArrived">The destination may have the order: resending it needs confirmation.</param>
/// <param name="AllowedActions">The actions allowed for its destination.</param>
public sealed record DeliveryView(
    string Destination,
    string State,
    string? OrderId,
    int Attempts,
    ReplyView? Reply,
    ErrorView? Error,
    DateTimeOffset? NextTryAt,
    bool InProgress,
    bool Resending,
    bool MayHaveArrived,
    IReadOnlyList<string> AllowedActions)
{
    internal static DeliveryView Of(Operation operation, Delivery delivery, bool isRetired, bool revealed) => new(
        delivery.Destination,
        delivery.State.Shown().ToString(),
        delivery.OrderId,
        delivery.Sends,
        delivery.ReplyStatus is { } status
            ? new ReplyView(status, revealed || delivery.ReplyBody is null ? delivery.ReplyBody : Mask.Reply(delivery.ReplyBody, operation.Fields))
            : null,
        delivery.Error is { } error ? new ErrorView(error.Code, error.Message, error.Stage) : null,
        delivery.State.IsOpen() && delivery.State != DeliveryState.Sending && !operation.IsResting(delivery) ? delivery.NextTryAt : null,
        delivery.State.ExpectsMessage(),
        delivery.State == DeliveryState.UncertainResending,
        delivery.IsInDoubt() && !delivery.State.IsSold(),
        ActionNames.AllowedFor(operation, delivery, isRetired));
}

public sealed record ReplyView(int Status, string? Body);

public sealed record PostbackView(string Status, string? Payout, string? Currency, DateTimeOffset At);

/// <param name="At">When it happened.</param>
/// <param name="Name">One of <see cref="EventNames"/>.</param>
/// <param name="Attempt">The attempt it belongs to.</param>
/// <param name="Detail">A few words.</param>
/// <param name="Destination">The destination of the delivery; only present if the operation has several.</param>
/// <param name="Revision">The pipeline's revision at that time; only present if the pipeline was made on the page.</param>
public sealed record EventView(
    DateTimeOffset At,
    string Name,
    int Attempt,
    string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Destination,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Revision = null)
{
    /// <summary>The detail, sentence by sentence, for readers in another language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SentenceView>? Says => SentenceCatalog.Read(Detail);
}

/// <summary>One page of operations.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record OperationPage(IReadOnlyList<OperationView> Items, string? Next);
