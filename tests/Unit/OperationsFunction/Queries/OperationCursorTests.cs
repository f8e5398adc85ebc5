using System.Text;
using CsCheck;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Queries;

public sealed class OperationCursorTests
{
    [Fact]
    public void A_cursor_comes_back_as_it_was_and_needs_no_escaping_in_an_address() =>
        Gen.Select(Gen.Long[1, OperationId.MaxRecordId], Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks], Gen.OneOf(Enum.GetValues<RecordKind>()))
            .Sample((id, ticks, kind) =>
            {
                var operation = Some.Operation() with { Id = new OperationId("main-2", kind, id), ReceivedAt = new(ticks, TimeSpan.Zero) };
                var cursor = OperationCursor.Of(operation);

                Assert.Equal(cursor, OperationCursor.Read(cursor.Write()));
                Assert.Matches("^[A-Za-z0-9_-]+$", cursor.Write());
            });

    [Fact]
    public void Cursors_sort_as_the_list_does_newest_first_then_by_number()
    {
        var old = OperationCursor.Of(Some.Operation() with { ReceivedAt = Some.Now.AddDays(-1) });
        var first = OperationCursor.Of(Some.Operation() with { ReceivedAt = Some.Now });
        var second = OperationCursor.Of(Some.Operation() with { ReceivedAt = Some.Now, Id = new OperationId("main", RecordKind.Lead, 48214) });

        Assert.Equal([first, second, old], new[] { old, second, first }.OrderBy(c => c.SortKey, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("~~")]
    [InlineData("1~2~3")]
    [InlineData("0000000000000000000~000000000000000001")]
    [InlineData("0000000000000000000~000000000000000001~main|lead~more")]
    [InlineData("0000000000000000000~000000000000000001~main")]
    [InlineData("0000000000000000000~000000000000000001~main|client")]
    [InlineData("0000000000000000000~000000000000000001~Main|lead")]
    [InlineData("000000000000000000' ~000000000000000001~main|lead")]
    [InlineData("٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠~000000000000000001~main|lead")]
    public void What_is_no_cursor_of_ours_is_none(string text) =>
        Assert.Null(OperationCursor.Read(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Garbage_is_no_cursor_and_never_throws() =>
        Gen.OneOf(Gen.String, Texts.Of(600), Gen.Byte.Array[0, 400].Select(Convert.ToBase64String)).Sample(text => Assert.Null(OperationCursor.Read(text)));
}
