using System.Text.Json.Serialization;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.OperationsFunction.Backfills;

/// <summary>Body of <c>POST backfills</c> and <c>POST backfills/preview</c>. Days are written as 2026-11-30.</summary>
public sealed record BackfillRequest(string? Pipeline, string? Kind, DateOnly? From, DateOnly? To, int? PerMinute, string? By);

/// <summary>What a backfill would fetch.</summary>
/// <param name="Found">Records in U-ON's lists of these days.</param>
/// <param name="Known">Of those, the ones that are in the journal: they are skipped.</param>
/// <param name="Count">Of those, the ones that are not in the journal: they would be fetched.</param>
/// <param name="WouldPass">Of the unknown ones, those that pass the age limit and the filter.</param>
/// <param name="Capped">There are more; they were not counted.</param>
public sealed record BackfillPreview(int Found, int Known, int Count, int WouldPass, bool Capped);

/// <summary>The progress of a backfill.</summary>
/// <param name="Total">Records in U-ON's lists at the start.</param>
/// <param name="Done">Enqueued.</param>
/// <param name="Known">Skipped, because the journal has them already.</param>
/// <param name="Problem">Why it is stalled; null: it is not.</param>
public sealed record BackfillView(
    string Id, string State, string Pipeline, string? Kind, DateOnly From, DateOnly To, int PerMinute, int Total, int Done, int Known, DateTimeOffset StartedAt, string? By, string? CancelledBy, string? Problem)
{
    internal static BackfillView Of(Backfill backfill, string? obstacle) => new(
        backfill.Id, backfill.State.ToString(), backfill.Query.Pipeline, backfill.Query.Kind, backfill.Query.From, backfill.Query.To, backfill.PerMinute,
        backfill.Total, backfill.Done, backfill.Known, backfill.StartedAt, backfill.By, backfill.CancelledBy,
        backfill.State == ReplayState.Running ? obstacle ?? backfill.Problem : backfill.Problem);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Backfill))]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(BackfillPreview))]
[JsonSerializable(typeof(BackfillView))]
internal sealed partial class BackfillContext : JsonSerializerContext;
