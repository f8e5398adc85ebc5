using System.Globalization;
using System.Net;
using System.Text.Json;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.WriteBack;

/// <summary>
/// Compares the values a record must have once its outcomes are written with its current values. A note has a mark of its own and is added once; custom
/// fields and the status are those of the latest outcome, whatever the order in which outcomes are written. Pure.
/// </summary>
internal sealed class WriteBackPlan
{
    private const int MaxNote = 1_000, MaxValue = 1_000;

    private readonly RecordKind _kind;

    private WriteBackPlan(RecordKind kind) => _kind = kind;

    /// <summary>The lines to add, each with its mark.</summary>
    public required IReadOnlyList<(string Mark, string Text)> Notes { get; init; }

    public required IReadOnlyList<KeyValuePair<long, string>> Fields { get; init; }

    /// <summary>Null: the status is not changed.</summary>
    public required string? Status { get; init; }

    public static WriteBackPlan Of(WriteBackSettings settings, Operation operation, IReadOnlyList<OutcomeReport> reports, TimeZoneInfo zone)
    {
        var writings = reports.Where(r => settings.ByOutcome.ContainsKey(r.Outcome)).Select(r => (Report: r, Writing: settings.ByOutcome[r.Outcome])).ToList();
        var fields = new Dictionary<long, string>();
        string? status = null;
        foreach (var (report, writing) in writings)
        {
            foreach (var (id, template) in writing.Fields)
            {
                fields[id] = Render(template, operation, report, zone).CutTo(MaxValue);
            }

            status = writing.Status is { } template2 && Render(template2, operation, report, zone) is { Length: > 0 } text ? text : status;
        }

        return new WriteBackPlan(operation.Id.Kind)
        {
            Notes = [.. writings.Where(w => w.Writing.Note is not null).Select(w => (Mark(operation.Id, w.Report), Line(operation, w.Report, w.Writing.Note!, zone)))],
            Fields = [.. fields],
            Status = status,
        };
    }

    /// <summary>The form with the missing values; empty when there are none.</summary>
    public List<KeyValuePair<string, string>> Missing(JsonElement record)
    {
        var form = new List<KeyValuePair<string, string>>();
        var notes = Text(record, "notes") ?? "";
        var added = Notes.Where(n => !notes.Contains(n.Mark, StringComparison.Ordinal)).Select(n => n.Text).ToList();
        if (added.Count > 0)
        {
            // Writing a note replaces the record's whole notes text, so the existing text is kept before ours.
            form.Add(new("note", string.Join('\n', notes.TrimEnd() is { Length: > 0 } before ? added.Prepend(before) : added)));
        }

        form.AddRange(Fields.Where(f => Custom(record, f.Key) != f.Value).Select(f => KeyValuePair.Create(FieldName(f.Key), f.Value)));
        if (Status is { } status && Text(record, "status_id") != status)
        {
            // For a plain status_id U-ON returns 200 and changes nothing.
            form.Add(new(_kind == RecordKind.Lead ? "lead_status_id" : "request_status_id", status));
        }

        return form;
    }

    /// <summary>The values that the record lacks although U-ON returned success; null: none.</summary>
    public string? Refused(JsonElement record)
    {
        var notes = Text(record, "notes") ?? "";
        if (Notes.Any(n => !notes.Contains(n.Mark, StringComparison.Ordinal)))
        {
            return "the note is missing";
        }

        if (Notes.Any(n => !Plain(notes).Contains(Plain(n.Text), StringComparison.Ordinal)))
        {
            return "some characters of the note differ";
        }

        foreach (var (id, value) in Fields)
        {
            if (Plain(Custom(record, id) ?? "") != Plain(value))
            {
                return string.Create(CultureInfo.InvariantCulture, $"custom field {id} is not set; check that the cabinet has it for this kind of record");
            }
        }

        return Status is { } status && Text(record, "status_id") != status ? $"status {status} is not set; check that the cabinet has it for this kind of record" : null;
    }

    /// <summary>For the story: what is written, without its content.</summary>
    public static string Describe(IEnumerable<KeyValuePair<string, string>> form) => string.Join(", ", form.Select(f => f.Key switch
    {
        "note" => "note",
        "lead_status_id" or "request_status_id" => $"status {f.Value}",
        var field => "field " + field["extended_fields[".Length..].TrimEnd(']'),
    }));

    /// <summary>Identifies the operation and the outcome, so that a second attempt finds the note of the first one.</summary>
    private static string Mark(OperationId id, OutcomeReport report) => $"[{id} {report.Outcome}]";

    private static string Line(Operation operation, OutcomeReport report, Template note, TimeZoneInfo zone) =>
        $"{Render(note, operation, report, zone).CutTo(MaxNote)} {Mark(operation.Id, report)}".TrimStart();

    private static string Render(Template template, Operation operation, OutcomeReport report, TimeZoneInfo zone) => template.Render(name => name switch
    {
        "order_id" => report.OrderId,
        "payout" => report.Payout,
        "currency" => report.Currency,
        "reason" => report.Reason,
        "at" => TimeZoneInfo.ConvertTime(report.At, zone).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture),
        "pipeline" => operation.Id.Pipeline,
        "kind" => operation.Id.Kind.Name(),
        "id" => operation.Id.RecordId.ToString(CultureInfo.InvariantCulture),
        _ => null,
    }).Trim();

    private static string FieldName(long id) => string.Create(CultureInfo.InvariantCulture, $"extended_fields[{id}]");

    private static string? Custom(JsonElement record, long id) =>
        record.TryGetProperty("extended_fields", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.Object && Text(item, "id") == id.ToString(CultureInfo.InvariantCulture))
                .Select(item => Text(item, "value") ?? "")
                .FirstOrDefault()
            : null;

    /// <summary>Cabinets return HTML entities for some characters, and different line endings.</summary>
    private static string Plain(string text) => string.Join(' ', WebUtility.HtmlDecode(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? JsonScalar.Text(value) : null;
}
