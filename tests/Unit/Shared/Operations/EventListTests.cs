using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Operations;

public sealed class EventListTests
{
    private const int CellOfStorage = 32_768;

    [Fact]
    public void A_story_grows_line_by_line()
    {
        var events = Append([], (EventNames.Webhook, "type_id 1"), (EventNames.Waiting, null));

        Assert.Equal([new(Some.Now, "webhook", 1, "type_id 1"), new(Some.Now, "waiting", 2, null)], events);
    }

    [Fact]
    public void A_long_story_fits_a_cell_keeps_its_beginning_and_counts_the_rest() =>
        Gen.Select(Gen.OneOf(EventNames.Edited, EventNames.Resolved, EventNames.Uncertain), Texts.OrNull(500)).Array[1, 300].Sample(
            lines =>
            {
                var events = Append([], lines);

                Assert.True(Written(events) <= EventList.MaxCharacters + 2, $"{Written(events)} characters");
                Assert.Equal((Some.Now, lines[0].Item1, 1), (events[0].At, events[0].Name, events[0].Attempt));
                Assert.Equal(lines.Length, events.Count + Folded(events[0]));
                Assert.Equal(lines.Length, events[^1].Attempt);
            },
            iter: 40);

    [Fact]
    public void What_a_cell_holds_is_counted_with_its_escapes()
    {
        // An emoji takes two characters in memory and twelve in the cell.
        var events = Append([], [.. Enumerable.Repeat((EventNames.Resolved, (string?)string.Concat(Enumerable.Repeat("😀", 200))), 60)]);

        Assert.True(Written(events) < CellOfStorage, $"{Written(events)} characters");
        Assert.Equal(60, events.Count + Folded(events[0]));
    }

    [Fact]
    public void The_oldest_lines_after_the_first_are_folded_first()
    {
        var events = Append([], [.. Enumerable.Repeat((EventNames.Edited, (string?)new string('я', 400)), 100)]);

        var kept = events.Skip(1).Select(e => e.Attempt).ToList();
        Assert.Equal(Enumerable.Range(101 - kept.Count, kept.Count), kept);
        Assert.EndsWith($" +{99 - kept.Count} earlier events folded", events[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+many earlier events folded")]
    [InlineData("type_id 1 earlier events folded")]
    [InlineData("+")]
    [InlineData(null)]
    public void Words_that_look_like_a_count_are_only_words(string? beginning)
    {
        var events = Append([], [(EventNames.Webhook, beginning), .. Enumerable.Repeat((EventNames.Edited, (string?)new string('x', 400)), 100)]);

        Assert.StartsWith(beginning ?? "+", events[0].Detail, StringComparison.Ordinal);
        Assert.Equal(101, events.Count + Folded(events[0]));
    }

    [Fact]
    public void A_detail_is_cut_and_never_within_a_surrogate_pair() =>
        Assert.Equal(399, Append([], (EventNames.Edited, new string('x', 399) + "😀"))[0].Detail!.Length);

    private static ImmutableList<OperationEvent> Append(ImmutableList<OperationEvent> events, params (string Name, string? Detail)[] lines)
    {
        foreach (var (name, detail) in lines)
        {
            events = EventList.Append(events, new OperationEvent(Some.Now, name, events.IsEmpty ? 1 : events[^1].Attempt + 1, detail));
        }

        return events;
    }

    private static int Written(ImmutableList<OperationEvent> events) =>
        JsonSerializer.Serialize(events, JournalJson.Readable.ImmutableListOperationEvent).Length;

    private static int Folded(OperationEvent first) =>
        first.Detail?.Split('+')[^1].Split(' ', 2) is [var count, "earlier events folded"] && int.TryParse(count, out var folded) ? folded : 0;
}
