using CsCheck;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class JournalKeysTests
{
    private static readonly Gen<long> Id = Gen.OneOf(Gen.Long[1, 100], Gen.Long[1, OperationId.MaxRecordId], Gen.Const(OperationId.MaxRecordId));

    [Fact]
    public void Operations_and_claims_sort_the_newest_number_first() =>
        Gen.Select(Id, Id).Sample((a, b) =>
        {
            Assert.Equal(Math.Sign(b.CompareTo(a)), Order(JournalKeys.Operation(a), JournalKeys.Operation(b)));
            Assert.Equal(Math.Sign(b.CompareTo(a)), Order(JournalKeys.Claim(a, Some.Destination), JournalKeys.Claim(b, Some.Destination)));
        });

    [Fact]
    public void The_time_order_has_the_newest_first() =>
        Gen.Select(Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks], Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks]).Sample((a, b) =>
            Assert.Equal(
                Math.Sign(b.CompareTo(a)),
                Order(JournalKeys.Time(new(a, TimeSpan.Zero), 5), JournalKeys.Time(new(b, TimeSpan.Zero), 5))));

    [Fact]
    public void The_same_moment_has_one_key_whatever_its_offset() =>
        Assert.Equal(JournalKeys.Time(Some.Now, 5), JournalKeys.Time(Some.Now.ToOffset(TimeSpan.FromHours(3)), 5));

    [Fact]
    public void The_rows_are_named_as_the_design_says()
    {
        Assert.Equal("main|request", JournalKeys.Partition("main", RecordKind.Request));
        Assert.Equal("r|999999999999951786", JournalKeys.Operation(48213));
        Assert.Equal("d|999999999999951786|offerum", JournalKeys.Claim(48213, "offerum"));
        Assert.Matches("^s\\|Held\\|[0-9]{19}\\|000000000000048213$", JournalKeys.State(OperationState.Held, Some.Now, 48213));
        Assert.Matches("^t\\|[0-9]{19}\\|000000000000048213$", JournalKeys.Time(Some.Now, 48213));
        Assert.Equal("p|0123abcd|000000000000048213", JournalKeys.Phone("0123abcd", 48213));
        Assert.Matches("^o\\|[0-9a-f]{32}\\|000000000000048213$", JournalKeys.Word("1489733122", 48213));
    }

    [Fact]
    public void Foreign_text_never_stands_in_a_key() =>
        Texts.Of(200).Sample(orderId => Assert.Matches("^o\\|[0-9a-f]{32}\\|[0-9]{18}$", JournalKeys.Word(orderId + "/#?\\", 1)));

    private static int Order(string a, string b) => Math.Sign(string.CompareOrdinal(a, b));
}
