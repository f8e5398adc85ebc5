using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Operations;

/// <summary>Appends to a story and keeps it within the size of one table cell.</summary>
internal static class EventList
{
    /// <summary>The length of the serialized story, escapes included; a table cell holds 32,768 characters.</summary>
    public const int MaxCharacters = 30_000;

    public const int MaxDetail = 400;

    /// <summary>Braces, property names, the time and the attempt of one event.</summary>
    private const int FrameCharacters = 90;

    /// <summary>The name of the property and its quotes.</summary>
    private const int DestinationCharacters = 17;

    /// <summary>The property, its name and a number of any length.</summary>
    private const int RevisionCharacters = 24;

    /// <summary>The journal's encoder. Its output is never embedded in HTML, so quotes and letters take one or two characters instead of six.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static ImmutableList<OperationEvent> Append(ImmutableList<OperationEvent> events, OperationEvent next)
    {
        events = events.Add(next.Detail is { Length: > MaxDetail } detail ? next with { Detail = detail.CutTo(MaxDetail) } : next);
        var size = events.Sum(Size);
        while (size > MaxCharacters)
        {
            // The first event stays; later events are folded, oldest first.
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

    private static int Size(OperationEvent item) => FrameCharacters + item.Name.Length + (item.Revision is null ? 0 : RevisionCharacters) + (item.Destination?.Length + DestinationCharacters ?? 0) + (item.Detail is null ? 0 : Encoder.Encode(item.Detail).Length);
}
