using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.CircuitBreakers;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;
using UonOfferum.UonWebhookFunction.Reconcile;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Enrichment;

/// <summary>Runs the enrichment's steps without the journal, the queues and the breakers, and returns the data they evaluated.</summary>
public sealed class RecordSamples(RecordLookup lookup, UonClient uon, IEnumerable<IDestination> destinations, TimeProvider time) : IRecordSamples
{
    /// <summary>How far back the newest records are looked for, in days: a quiet agency may have none today.</summary>
    private static readonly int[] Days = [2, 14, 90];

    /// <summary>The limit for one list: three hundred records.</summary>
    private const int MaxPages = 3;

    private const int MaxTitle = 120;

    private static readonly string[] TitleFields = ["client_surname", "client_name", "travel_type", "status", "source"];

    public async Task<RecordSample> FetchAsync(Pipeline pipeline, RecordKind kind, long id, WebhookMetadata? webhook, CancellationToken cancellationToken)
    {
        var message = new StageMessage { Pipeline = pipeline.Name, Kind = kind, Id = id, Run = RunId.New(time), Attempt = 1, Webhook = webhook };
        JsonElement? document = null;
        var outcome = await lookup.FetchAsync(pipeline, message, cancellationToken, found => document = found.Document);
        var now = time.GetUtcNow();
        var begun = EnrichResults.Begin(null, message, message.OperationId() with { Kind = outcome.Kind }, now);
        var operation = EnrichResults.Apply(begun, outcome, pipeline.Get<UonSettings>(), pipeline.Fields, destinations.Where(d => !d.IsReport && d.Serves(pipeline)), now, random: 0);
        return new RecordSample(operation, document, document is { } read ? Rules(pipeline, pipeline.Fields.Read(read), now) : []);
    }

    public async Task<FilterSample> FilterAsync(Pipeline pipeline, RecordKind kind, long id, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        if (await uon.GetRecordAsync(settings, kind, id, cancellationToken) is var reply && reply is not UonReply.Found found)
        {
            return new FilterSample(null, Problem(reply));
        }

        var fields = pipeline.Fields.Read(found.Document);
        var now = time.GetUtcNow();
        return UonDates.CreatedAt(fields, settings.TimeZone) is { } created && created < now - settings.MaxAge
            ? new FilterSample("Uon:MaxAge", null)
            : new FilterSample(pipeline.Filter.FirstOrDefault(rule => rule.Refusal(fields, now) is not null)?.Name, null);
    }

    public async Task<RecentRecords> RecentAsync(Pipeline pipeline, int take, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.TimeZone).DateTime);
        var found = new List<RecentRecord>();
        foreach (var days in Days)
        {
            found.Clear();
            foreach (var kind in Reconciler.Kinds(settings))
            {
                if (await PagesAsync(settings, kind, today.AddDays(-days), today, found, cancellationToken) is { } problem)
                {
                    return new RecentRecords([], problem);
                }
            }

            if (found.Count >= take)
            {
                break;
            }
        }

        return new RecentRecords([.. found.OrderByDescending(r => r.At ?? DateTimeOffset.MinValue).ThenByDescending(r => r.Id).Take(take)], null);
    }

    private async Task<ProbeResult?> PagesAsync(
        UonSettings settings, RecordKind kind, DateOnly from, DateOnly to, List<RecentRecord> found, CancellationToken cancellationToken)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            switch (await uon.GetPageAsync(settings, kind, from, to, page, cancellationToken))
            {
                case UonReply.Page records:
                    found.AddRange(records.Records.Select(item => Recent(item, kind, settings)).OfType<RecentRecord>());
                    break;
                case UonReply.NotFound:
                    return null;
                case var failure:
                    return Problem(failure);
            }
        }

        return null;
    }

    private static RecentRecord? Recent(JsonElement item, RecordKind kind, UonSettings settings)
    {
        if (!long.TryParse(item.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id is <= 0 or > OperationId.MaxRecordId)
        {
            return null;
        }

        var title = string.Join(", ", TitleFields.Select(name => item.Text(name)).OfType<string>().Where(text => text.Length > 0));
        return new RecentRecord(kind, id, UonDates.CreatedAt(item, settings.TimeZone), Mask.Text(title).CutTo(MaxTitle));
    }

    private static IReadOnlyList<RuleSample> Rules(Pipeline pipeline, RecordFields fields, DateTimeOffset now) =>
        [.. pipeline.Filter.Select(rule =>
        {
            var refusal = rule.Refusal(fields, now);
            return new RuleSample(rule.Name, refusal is null, rule is FilterRule.Question question ? fields[question.Field] : null, refusal);
        })];

    internal static ProbeResult Problem(UonReply reply) => reply switch
    {
        UonReply.NotFound => new ProbeResult(false, "U-ON has no such record.", ErrorCodes.RecordNotFound),
        UonReply.Denied => new ProbeResult(false, "U-ON refuses the key. Check Uon:ApiKey and the key's list of addresses in the cabinet.", ErrorCodes.UonDenied),
        UonReply.Inactive => new ProbeResult(false, "The API is not switched on in the U-ON cabinet.", ErrorCodes.UonInactive),
        UonReply.Failure failure => new ProbeResult(false, failure.Reason, failure is UonReply.Unreadable ? ErrorCodes.UonUnreadable : ErrorCodes.UonUnavailable),
        _ => new ProbeResult(false, "U-ON does not accept more requests at the moment. Try again.", ErrorCodes.UonUnavailable),
    };
}
