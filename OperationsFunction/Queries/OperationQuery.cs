using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Queries;

/// <summary>The filter of a list of operations. Null: no restriction.</summary>
public sealed record OperationQuery
{
    public const int DefaultTake = 50;
    public const int MaxTake = 500;

    public string? Pipeline { get; init; }

    public RecordKind? Kind { get; init; }

    public OperationState? State { get; init; }

    /// <summary>An error code.</summary>
    public string? Error { get; init; }

    /// <summary>Received at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>E.164; any of them. Empty: no restriction.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>A U-ON number or an order id.</summary>
    public string? Text { get; init; }

    public int Take { get; init; } = DefaultTake;

    public OperationCursor? After { get; init; }
}

/// <summary>The end of a page. Operations are ordered by arrival, newest first, then by number and partition.</summary>
public sealed record OperationCursor(string Time, string Id, string Partition)
{
    internal static OperationCursor Of(Operation operation) => new(
        JournalKeys.Inverted(operation.ReceivedAt), JournalKeys.Plain(operation.Id.RecordId), JournalKeys.Partition(operation.Id));

    /// <summary>Sorts ordinally in the list's order.</summary>
    public string SortKey => $"{Time}~{Id}~{Partition}";

    /// <summary>The cursor in URL-safe form.</summary>
    public string Write() => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(SortKey)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>Null when the text is not a valid cursor.</summary>
    public static OperationCursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return null;
        }

        return System.Text.Encoding.UTF8.GetString(bytes[..length]).Split('~') is [var time, var id, var partition]
            && IsNumber(time, JournalKeys.TimeDigits) && IsNumber(id, JournalKeys.IdDigits) && IsPartition(partition)
                ? new OperationCursor(time, id, partition)
                : null;
    }

    // The value becomes part of a key range.
    private static bool IsNumber(string text, int digits) => text.Length == digits && text.All(char.IsAsciiDigit);

    private static bool IsPartition(string text) =>
        text.Split('|') is [var pipeline, var kind] && OperationId.IsPipelineName(pipeline) && RecordKindNames.TryParse(kind, out _);
}
