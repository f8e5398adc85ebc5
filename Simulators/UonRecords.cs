using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>One table of the simulated U-ON: its leads, its requests or its users.</summary>
public sealed class UonRecords
{
    /// <summary>Rows on a page of a list, as in the real one.</summary>
    public const int PageSize = 100;

    private readonly ConcurrentDictionary<long, UonStoredRecord> _records = new();
    private readonly ConcurrentDictionary<long, ReplyScript<UonFault>> _faults = new();
    private readonly Lock _updates = new();
    private readonly SimulatorClock _clock;

    internal UonRecords(UonRecordKind kind, SimulatorClock clock)
    {
        Kind = kind;
        _clock = clock;
        Envelope = UonRecord.EnvelopeOf(kind);
        ListEnvelope = Envelope + "s";
    }

    public UonRecordKind Kind { get; }

    public int Count => _records.Count;

    /// <summary>The envelope name of a single record: <c>lead</c>.</summary>
    internal string Envelope { get; }

    /// <summary>The envelope name of a list: <c>leads</c>.</summary>
    internal string ListEnvelope { get; }

    /// <summary>Adds the record, or replaces the one with its id. Later changes to the builder have no effect.</summary>
    public void Put(UonRecord record)
    {
        if (record.Kind != Kind)
        {
            throw new ArgumentException($"A {record.Kind} does not belong into the table of {Kind} records.", nameof(record));
        }

        _records[record.Id] = new UonStoredRecord(record, _clock.Now);
    }

    /// <summary>Adds a record with exactly these fields in its response.</summary>
    public void Put(long id, JsonObject fields) => Put(UonRecord.Of(Kind, id, fields));

    public void Remove(long id) => _records.TryRemove(id, out _);

    /// <summary>Faults of this one record, whether it exists or not.</summary>
    public ReplyScript<UonFault> Faults(long id) => _faults.GetOrAdd(id, _ => new ReplyScript<UonFault>());

    /// <summary>The record's fields as a list shows them; null when there is none.</summary>
    public JsonObject? Fields(long id) =>
        _records.TryGetValue(id, out var record) && record.Peek(_clock.Now) is { } body ? JsonNode.Parse(body.Row.Span)!.AsObject() : null;

    /// <summary>Changes a record as a user of the cabinet or an API write would; false when it does not exist.</summary>
    public bool Update(long id, Action<JsonObject> change)
    {
        lock (_updates)
        {
            if (Fields(id) is not { } fields)
            {
                return false;
            }

            change(fields);
            fields["dat_updated"] = UonRecordFields.Time(_clock.Now);
            Put(id, fields);
            return true;
        }
    }

    internal UonFault? FaultOf(long id) => _faults.TryGetValue(id, out var faults) ? faults.Take() : null;

    internal ReadOnlyMemory<byte>? Read(long id, DateTimeOffset now) =>
        _records.TryGetValue(id, out var record) ? record.Read(now)?.Envelope : null;

    internal ReadOnlyMemory<byte>? Page(UonListQuery query, bool updated, bool emptyPageIsList, DateTimeOffset now)
    {
        var rows = _records
            .Where(pair => (updated ? pair.Value.UpdatedOn : pair.Value.CreatedOn) is { } day && day >= query.From && day <= query.To)
            .OrderBy(pair => pair.Key)
            .Select(pair => pair.Value.Peek(now))
            .OfType<UonBody>()
            .Skip((query.Page - 1) * PageSize)
            .Take(PageSize)
            .ToList();
        if (rows.Count == 0 && !emptyPageIsList)
        {
            return null;
        }

        using var page = new MemoryStream();
        page.Write(Encoding.UTF8.GetBytes($"{{\"{ListEnvelope}\":["));
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
            {
                page.WriteByte((byte)',');
            }

            page.Write(rows[i].Row.Span);
        }

        page.Write("]}"u8);
        return page.ToArray();
    }
}
