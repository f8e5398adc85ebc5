using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>Which table a record belongs to.</summary>
public enum UonRecordKind
{
    Lead,
    Request,
    User,
}

/// <summary>How the simulator shows a record that is not complete yet.</summary>
public enum UonUntilThen
{
    /// <summary>The record does not exist.</summary>
    Missing,

    /// <summary>The record exists; all client fields are null.</summary>
    WithoutClient,

    /// <summary>The record exists; the client's phones are null.</summary>
    WithoutPhone,
}

/// <summary>
/// Builds one U-ON record that is realistic, valid and invented. The same id gives the same client; every id has a phone of its
/// own, so that a duplicate filter does not treat two test records as one client.
/// </summary>
public sealed class UonRecord
{
    private readonly JsonObject _fields;

    private UonRecord(UonRecordKind kind, long id, JsonObject fields, string? phone) =>
        (Kind, Id, _fields, E164) = (kind, id, fields, phone);

    public UonRecordKind Kind { get; }

    public long Id { get; }

    /// <summary>The client's phone in E.164, whatever its format in the record; null: the record has no valid phone.</summary>
    public string? E164 { get; internal set; }

    internal bool AsObject { get; set; }

    internal bool ByteOrderMark { get; set; }

    internal int LateReads { get; private set; }

    internal TimeSpan LateTime { get; private set; }

    internal UonUntilThen UntilThen { get; private set; }

    /// <summary>A lead («обращение»).</summary>
    /// <param name="id">Its number.</param>
    /// <param name="createdAt">When it was created; defaults to now, because an old record would not be sold.</param>
    public static UonRecord Lead(long id, DateTimeOffset? createdAt = null)
    {
        var client = InventedClient.Of(UonRecordKind.Lead, id);
        return new UonRecord(
            UonRecordKind.Lead, id, UonRecordFields.Lead(id, client, createdAt ?? TimeProvider.System.GetUtcNow()), client.Phone);
    }

    /// <summary>A request («заявка»); see <see cref="Lead"/>.</summary>
    public static UonRecord Request(long id, DateTimeOffset? createdAt = null)
    {
        var client = InventedClient.Of(UonRecordKind.Request, id);
        return new UonRecord(
            UonRecordKind.Request, id, UonRecordFields.Request(id, client, createdAt ?? TimeProvider.System.GetUtcNow()), client.Phone);
    }

    /// <summary>The client of a lead or request, as <c>/user/{client_id}.json</c> gives it.</summary>
    public static UonRecord UserOf(UonRecord record)
    {
        var client = InventedClient.Of(record.Kind, record.Id);
        return new UonRecord(UonRecordKind.User, client.Id, UonRecordFields.User(client), client.Phone);
    }

    /// <summary>A record with the given fields.</summary>
    public static UonRecord Of(UonRecordKind kind, long id, JsonObject fields) =>
        new(kind, id, (JsonObject)fields.DeepClone(), phone: null);

    /// <summary>Sets a field; null makes it an explicit null.</summary>
    public UonRecord With(string field, JsonNode? value)
    {
        _fields[field] = value;
        return this;
    }

    /// <summary>Removes a field.</summary>
    public UonRecord Without(string field)
    {
        _fields.Remove(field);
        return this;
    }

    /// <summary>Sets the phone as the record shows it, in both phone fields, and its E.164 form, for assertions.</summary>
    public UonRecord WithPhone(string? shown, string? e164)
    {
        E164 = e164;
        return Kind == UonRecordKind.User
            ? With("u_phone", shown).With("u_phone_mobile", shown)
            : With("client_phone", shown).With("client_phone_mobile", shown);
    }

    /// <summary>Applies one of the oddities of live records.</summary>
    public UonRecord With(UonQuirk quirk)
    {
        UonQuirks.Apply(quirk, this);
        return this;
    }

    /// <summary>Adds services and payments until the record has at least this many bytes.</summary>
    public UonRecord Padded(int bytes)
    {
        UonRecordFields.Pad(_fields, bytes);
        return this;
    }

    /// <summary>The record becomes complete only after this many reads.</summary>
    public UonRecord CompletesAfter(int reads, UonUntilThen untilThen = UonUntilThen.Missing)
    {
        (LateReads, UntilThen) = (reads, untilThen);
        return this;
    }

    /// <summary>The record becomes complete only this long after it was added.</summary>
    public UonRecord CompletesAfter(TimeSpan time, UonUntilThen untilThen = UonUntilThen.Missing)
    {
        (LateTime, UntilThen) = (time, untilThen);
        return this;
    }

    /// <summary>A copy of the fields.</summary>
    public JsonObject ToJson() => (JsonObject)_fields.DeepClone();

    /// <summary>A field's text; null when it is absent, null or not a scalar.</summary>
    public string? Text(string field) => _fields[field] is JsonValue value ? value.ToString() : null;

    internal static string EnvelopeOf(UonRecordKind kind) => kind switch
    {
        UonRecordKind.Lead => "lead",
        UonRecordKind.Request => "request",
        UonRecordKind.User => "user",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of record."),
    };

    internal IReadOnlyList<string> FieldNames() => _fields.Select(field => field.Key).ToList();

    internal JsonNode? Node(string field) => _fields[field];
}
