using System.Globalization;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;

namespace UonOfferum.UonWebhookFunction.Webhook;

/// <summary>The values of a U-ON webhook. U-ON writes "0" and "" for "none".</summary>
public sealed record UonWebhook
{
    private const int MaxRecordIdLength = 18;
    private const int MaxClientValueLength = 200;

    /// <summary>The fields that may contain the record's number, in this order.</summary>
    private static readonly string[] RecordIdNames = ["r_id", "request_id", "request[r_id]", "lead_id", "l_id"];

    private static readonly string[] ClientNames = ["u_surname", "u_name", "u_phone_mobile", "u_phone", "u_email"];

    /// <summary><c>type_id</c>; null when it is absent or unreadable.</summary>
    public int? EventType { get; private init; }

    /// <summary><c>uon_id</c></summary>
    public string? CabinetId { get; private init; }

    /// <summary>1 to 18 digits; null when none of the known names holds such a number: <see cref="IdProblem"/> explains why.</summary>
    public long? RecordId { get; private init; }

    /// <summary>Why there is no <see cref="RecordId"/>, and the remedy.</summary>
    public string? IdProblem { get; private init; }

    /// <summary><c>is_lead</c> of the events that occur for both kinds; null when the webhook does not say.</summary>
    public bool? IsLead { get; private init; }

    /// <summary>The present values of <c>client[…]</c> by U-ON's names (<c>u_name</c>), each truncated to 200 characters.</summary>
    public required IReadOnlyDictionary<string, string> Client { get; init; }

    public static UonWebhook From(IReadOnlyDictionary<string, string> fields)
    {
        var recordId = RecordIdNames.Select(name => UsableId(Given(fields, name))).FirstOrDefault(id => id is not null);
        return new UonWebhook
        {
            EventType = int.TryParse(Given(fields, "type_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
            CabinetId = Given(fields, "uon_id"),
            RecordId = recordId,
            IdProblem = recordId is null ? Problem(fields) : null,
            IsLead = Flag(fields.GetValueOrDefault("is_lead")),
            Client = ClientNames
                .Select(name => KeyValuePair.Create(name, FieldValue.Clean(Given(fields, $"client[{name}]"), MaxClientValueLength)))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
        };
    }

    private static string? Given(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text && text != "0" ? text : null;

    private static long? UsableId(string? text) =>
        text is { Length: <= MaxRecordIdLength } && text.All(char.IsAsciiDigit)
        && long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is > 0 and <= OperationId.MaxRecordId and var id
            ? id
            : null;

    /// <summary>Names the field, never its content: this text is kept and logged.</summary>
    private static string Problem(IReadOnlyDictionary<string, string> fields) =>
        RecordIdNames.FirstOrDefault(name => Given(fields, name) is not null) is { } name
            ? $"{name} is not a record's number: 1 to {MaxRecordIdLength} digits, not 0."
            : $"The webhook has no record number. The number is expected in {string.Join(", ", RecordIdNames)}.";

    private static bool? Flag(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" => true,
        "0" or "FALSE" => false,
        _ => null,
    };
}
