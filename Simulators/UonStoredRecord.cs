using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>A stored record: serialized once, so that responses need no serialization.</summary>
internal sealed class UonStoredRecord
{
    private readonly UonBody _complete;
    private readonly UonBody? _untilThen;
    private readonly int _readsUntilThen;
    private readonly DateTimeOffset _completeAt;
    private int _reads;

    public UonStoredRecord(UonRecord record, DateTimeOffset now)
    {
        var fields = record.ToJson();
        _complete = UonBody.Of(record, fields);
        _readsUntilThen = record.LateReads;
        _completeAt = now + record.LateTime;
        CreatedOn = Day(fields, "dat") ?? Day(fields, "dat_lead") ?? Day(fields, "dat_request") ?? Day(fields, "created_at");
        UpdatedOn = Day(fields, "dat_updated") ?? CreatedOn;
        if (record.UntilThen != UonUntilThen.Missing)
        {
            foreach (var name in fields.Select(field => field.Key).Where(name => IsHeldBack(name, record.UntilThen)).ToList())
            {
                fields[name] = null;
            }

            _untilThen = UonBody.Of(record, fields);
        }
    }

    public DateOnly? CreatedOn { get; }

    public DateOnly? UpdatedOn { get; }

    /// <summary>The content for a read of the record; null: it does not exist yet. Counts as a read.</summary>
    public UonBody? Read(DateTimeOffset now) => Shown(Interlocked.Increment(ref _reads), now);

    /// <summary>The content for a list. Does not count as a read.</summary>
    public UonBody? Peek(DateTimeOffset now) => Shown(Volatile.Read(ref _reads) + 1, now);

    private UonBody? Shown(int read, DateTimeOffset now) => read > _readsUntilThen && now >= _completeAt ? _complete : _untilThen;

    private static bool IsHeldBack(string name, UonUntilThen untilThen) =>
        name.StartsWith(untilThen == UonUntilThen.WithoutPhone ? "client_phone" : "client_", StringComparison.Ordinal);

    private static DateOnly? Day(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length >= 10
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}

/// <summary>A record as bytes: the single record in its envelope, and its part that is the row of a list.</summary>
internal sealed record UonBody(ReadOnlyMemory<byte> Envelope, ReadOnlyMemory<byte> Row)
{
    public static UonBody Of(UonRecord record, JsonObject fields)
    {
        var (open, close) = record.AsObject ? ("", "}") : ("[", "]}");
        var result = record.Kind == UonRecordKind.Lead ? "\"result\":200," : "";
        var mark = record.ByteOrderMark ? "\uFEFF" : "";
        var before = Encoding.UTF8.GetBytes($"{mark}{{{result}\"{UonRecord.EnvelopeOf(record.Kind)}\":{open}");
        var row = Encoding.UTF8.GetBytes(fields.ToJsonString());
        ReadOnlyMemory<byte> whole = (byte[])[.. before, .. row, .. Encoding.UTF8.GetBytes(close)];
        return new UonBody(whole, whole.Slice(before.Length, row.Length));
    }
}
