using System.Text.Json;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A real record, processed as in a run, with the data that the run evaluates. Nothing is journaled, queued or held.</summary>
/// <param name="Operation">As the run would have written it.</param>
/// <param name="Document">U-ON's whole answer, as field paths read it; null when there was none.</param>
/// <param name="Rules">The filter's rules in order, each with its result; empty without a record.</param>
public sealed record RecordSample(Operation Operation, JsonElement? Document, IReadOnlyList<RuleSample> Rules)
{
    /// <summary>Without the content: it is personal data.</summary>
    public override string ToString() => nameof(RecordSample);
}

/// <param name="Name">The rule's.</param>
/// <param name="Passed">The record meets it.</param>
/// <param name="Value">The tested field's value; null for a group, or if there is none.</param>
/// <param name="Refusal">Why it failed, without the record's values; null when it passed.</param>
public sealed record RuleSample(string Name, bool Passed, string? Value, string? Refusal);

/// <param name="Kind">The kind of its list.</param>
/// <param name="Id">U-ON's number.</param>
/// <param name="At">When it was created; null: unknown.</param>
/// <param name="Title">What it is about, phones and e-mails masked.</param>
public sealed record RecentRecord(RecordKind Kind, long Id, DateTimeOffset? At, string Title);

/// <param name="Items">Newest first.</param>
/// <param name="Problem">Why there are none; null when U-ON answered.</param>
public sealed record RecentRecords(IReadOnlyList<RecentRecord> Items, ProbeResult? Problem);

/// <param name="FailedRule">The first rule that the record does not meet; null: it passes.</param>
/// <param name="Problem">Why the result is unknown; null when U-ON answered.</param>
public sealed record FilterSample(string? FailedRule, ProbeResult? Problem);

/// <summary>Real records of a cabinet, to try a pipeline's settings on. Each call shares the rate limit with those for leads.</summary>
public interface IRecordSamples
{
    /// <summary>One record, as a run under this pipeline would see it.</summary>
    /// <param name="pipeline">May be a draft whose U-ON settings are valid.</param>
    /// <param name="kind">May be <see cref="RecordKind.Auto"/>.</param>
    /// <param name="id">U-ON's number.</param>
    /// <param name="webhook">Its webhook's metadata; null: there was no webhook.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    Task<RecordSample> FetchAsync(Pipeline pipeline, RecordKind kind, long id, WebhookMetadata? webhook, CancellationToken cancellationToken);

    /// <summary>Whether a record would pass age and filter. Takes one call; the phone is not checked.</summary>
    Task<FilterSample> FilterAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken);

    /// <summary>The newest records of the tables that this pipeline accepts.</summary>
    Task<RecentRecords> RecentAsync(Pipeline pipeline, int take, CancellationToken cancellationToken);
}
