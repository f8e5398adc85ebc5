using System.Collections.Immutable;
using System.Globalization;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Journal;

/// <summary>Appends to a story and keeps it within what one table cell can hold.</summary>
internal static class EventList
{
    /// <summary>A table cell holds 32,768 characters; JSON escapes may double a Cyrillic letter sixfold, so the writer escapes none.</summary>
    public const int MaxCharacters = 30_000;

    public const int MaxDetail = 400;

    private const int FrameCharacters = 80;

    public static ImmutableList<OperationEvent> Append(
        ImmutableList<OperationEvent> events, DateTimeOffset at, string name, int attempt, string? detail)
    {
        events = events.Add(new OperationEvent(at, name, attempt, Cut(detail)));
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
        if (words.EndsWith(FoldedMark, StringComparison.Ordinal))
        {
            var start = words.LastIndexOf('+') + 1;
            before = int.Parse(words.AsSpan(start, words.Length - FoldedMark.Length - start), CultureInfo.InvariantCulture);
            words = words[..(start - 1)].TrimEnd();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{words} +{before + 1}{FoldedMark}").TrimStart();
    }

    private static string? Cut(string? detail) => detail is { Length: > MaxDetail } ? detail.CutTo(MaxDetail) : detail;

    private static int Size(OperationEvent item) => FrameCharacters + item.Name.Length + (item.Detail?.Length ?? 0) * 2;
}
