using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.Reconcile;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Reconcile;

/// <summary>Which of U-ON's lists are compared with the journal, and which of their records.</summary>
public sealed class ReconcilerTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(2);

    [Theory]
    // 1 and 2: a lead or a request was created. 20 occurs for both, 3 for a client, 999 is unknown.
    [InlineData(RecordKind.Auto, new[] { 1 }, new[] { RecordKind.Lead })]
    [InlineData(RecordKind.Auto, new[] { 2 }, new[] { RecordKind.Request })]
    [InlineData(RecordKind.Auto, new[] { 1, 2 }, new[] { RecordKind.Lead, RecordKind.Request })]
    [InlineData(RecordKind.Auto, new[] { 3, 20, 999 }, new RecordKind[0])]
    [InlineData(RecordKind.Auto, new int[0], new RecordKind[0])]
    [InlineData(RecordKind.Lead, new[] { 1, 2 }, new[] { RecordKind.Lead })]
    [InlineData(RecordKind.Lead, new[] { 2 }, new RecordKind[0])]
    [InlineData(RecordKind.Lead, new[] { 20 }, new[] { RecordKind.Lead })]
    [InlineData(RecordKind.Request, new[] { 1, 2 }, new[] { RecordKind.Request })]
    [InlineData(RecordKind.Request, new[] { 1 }, new RecordKind[0])]
    [InlineData(RecordKind.Request, new[] { 999 }, new[] { RecordKind.Request })]
    public void Only_the_lists_whose_records_are_announced_are_read(RecordKind record, int[] events, RecordKind[] kinds)
    {
        var settings = TestUonSettings.For(new Uri("http://127.0.0.1:9/"), "key") with { Record = record, Events = events.ToHashSet() };

        Assert.Equal(kinds, Reconciler.Kinds(settings));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_record_is_ours_from_the_first_start_on(int secondsAfterStart, bool isOurs)
    {
        var start = Some.Now.AddHours(-1);

        Assert.Equal(isOurs, Reconciler.IsOurs(start.AddSeconds(secondsAfterStart), start, Some.Now, Window));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Without_a_date_it_is_ours_once_the_list_begins_after_the_start(int daysSinceStart, bool isOurs) =>
        Assert.Equal(isOurs, Reconciler.IsOurs(null, Some.Now.AddDays(-daysSinceStart), Some.Now, Window));
}
