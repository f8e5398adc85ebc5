using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>Keys of the journal table. Rows of one record share a partition, so that a step changes them in one batch.</summary>
internal static class JournalKeys
{
    public const int IdDigits = 18;
    public const int TimeDigits = 19;

    /// <summary>The kinds that have a partition in each pipeline.</summary>
    public static readonly IReadOnlyList<RecordKind> Kinds = [RecordKind.Lead, RecordKind.Request, RecordKind.Auto];

    /// <summary>Index rows, which follow from an operation's own row (<see cref="IndexRows"/>).</summary>
    public static readonly IReadOnlyList<string> IndexPrefixes = ["o|", "p|", "s|", "t|", "x|"];

    public static string Partition(string pipeline, RecordKind kind) => $"{pipeline}|{kind.Name()}";

    public static string Partition(OperationId id) => Partition(id.Pipeline, id.Kind);

    public static string Operation(long id) => "r|" + Inverted(id);

    public static string Claim(long id, string destination) => $"d|{Inverted(id)}|{destination}";

    /// <summary>The start of the time index's range for operations received before then.</summary>
    public static string TimeFrom(DateTimeOffset before) => $"t|{Inverted(before.AddTicks(-1))}";

    public static string Time(DateTimeOffset receivedAt, long id) => $"t|{Inverted(receivedAt)}|{Plain(id)}";

    public static string State(OperationState state) => $"s|{state}|";

    public static bool IsState(string rowKey) => rowKey.StartsWith("s|", StringComparison.Ordinal);

    /// <summary>Newest first within a state, so that a page of a long list is one short read.</summary>
    public static string State(OperationState state, DateTimeOffset receivedAt, long id) => $"s|{state}|{Inverted(receivedAt)}|{Plain(id)}";

    /// <summary>Operations with a retention start of their own, the oldest first.</summary>
    public const string PersonalPrefix = "x|";

    public static string Personal(DateTimeOffset since, long id) => PersonalTo(since) + "|" + Plain(id);

    /// <summary>The end of the index's range of retention starts before then.</summary>
    public static string PersonalTo(DateTimeOffset since) => PersonalPrefix + since.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time in a key of the time index, or of the index by own retention start; null: it is no such key.</summary>
    public static DateTimeOffset? TimeOf(string rowKey) =>
        rowKey.Split('|') is [var index and ("t" or "x"), var digits, _]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(index == "x" ? ticks : DateTimeOffset.MaxValue.UtcTicks - ticks, TimeSpan.Zero)
            : null;

    public static string Phone(string phoneHash, long id) => $"p|{phoneHash}|{Plain(id)}";

    /// <summary>The search index for text that an operator may enter: an order id or U-ON's number.</summary>
    public static string Word(string text, long id) => Word(text) + Plain(id);

    public static string Word(string text) => $"o|{Hash(text)}|";

    /// <summary>Newest first: a larger number sorts earlier.</summary>
    public static string Inverted(long id) => (OperationId.MaxRecordId - id).ToString("D18", CultureInfo.InvariantCulture);

    public static string Inverted(DateTimeOffset at) =>
        (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The range of keys that begin with <see cref="Inverted(DateTimeOffset)"/> of a time from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    public static (string From, string To) InvertedRange(DateTimeOffset? from, DateTimeOffset? to) =>
        (to is { } end ? Inverted(end.AddTicks(-1)) : "0", from is { } start ? Inverted(start) + "~" : "~");

    public static string Plain(long id) => id.ToString("D18", CultureInfo.InvariantCulture);

    /// <summary>Untrusted text is never part of a key.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
