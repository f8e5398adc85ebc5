using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Journal;

/// <summary>Appends to a story and keeps it within what one table cell can hold.</summary>
internal static class EventList
{
    /// <summary>The story as it is written, escapes included; a table cell holds 32,768 characters.</summary>
    public const int MaxCharacters = 30_000;

    public const int MaxDetail = 400;

    /// <summary>Braces, property names, the time and the attempt of one event.</summary>
    private const int FrameCharacters = 90;

    /// <summary>The name of the property and its quotes.</summary>
    private const int DestinationCharacters = 17;

    private static readonly JavaScriptEncoder Encoder = JournalJson.Readable.Options.Encoder!;

    public static ImmutableList<OperationEvent> Append(
        ImmutableList<OperationEvent> events, DateTimeOffset at, string name, int attempt, string? detail, string? destination = null)
    {
        events = events.Add(new OperationEvent(at, name, attempt, Cut(detail), destination));
        var size = events.Sum(Size);
        while (size > MaxCharacters)
        {
            // The beginning of the story stays; what follows it is folded, oldest first.
            size -= Size(events[1]);
            events = events.RemoveAt(1);
            var first = events[0];
            size -= Size(first);
            events = events.SetItem(0, first with { Detail = CountFolded(first.Detail) });
            size += Size(events[0]);
        }

        return events;
    }

    private const string FoldedMark = " earlier events folded";

    private static string CountFolded(string? detail)
    {
        var before = 0;
        var words = detail ?? "";
        var start = words.LastIndexOf('+') + 1;
        if (start > 0
            && words.EndsWith(FoldedMark, StringComparison.Ordinal)
            && int.TryParse(words[start..^FoldedMark.Length], NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            words = words[..(start - 1)].TrimEnd();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{words} +{before + 1}{FoldedMark}").TrimStart();
    }

    private static string? Cut(string? detail) => detail is { Length: > MaxDetail } ? detail.CutTo(MaxDetail) : detail;

    private static int Size(OperationEvent item) => FrameCharacters + item.Name.Length + (item.Destination?.Length + DestinationCharacters ?? 0) + (item.Detail is null ? 0 : Encoder.Encode(item.Detail).Length);
}
