using CsCheck;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Editor;

public sealed class PipelineNamesTests
{
    [Theory]
    [InlineData("Заявки из Турции", "zayavki-iz-turtsii")]
    [InlineData("  Ёлки — 2026!  ", "elki-2026")]
    [InlineData("Щука, объём", "shchuka-obem")]
    [InlineData("Київ: Їжак", "kiyiv-yizhak")]
    [InlineData("Café São Paulo", "cafe-sao-paulo")]
    [InlineData("main", "main")]
    [InlineData("🌴🌴", "pipeline")]
    [InlineData("---", "pipeline")]
    [InlineData("Editing", "editing-1")]
    [InlineData("Очень длинное название обработки заявок и обращений", "ochen-dlinnoe-nazvanie-obrabotki-zayavok")]
    public void A_title_becomes_a_name_that_can_stand_in_a_key(string title, string expected) => Assert.Equal(expected, PipelineNames.FromTitle(title));

    [Fact]
    public void Whatever_is_typed_a_name_comes_out() =>
        Gen.String.Sample(title => Assert.Null(PipelineNames.Refusal(PipelineNames.FromTitle(title))), iter: 2_000);

    [Fact]
    public void A_taken_name_gets_the_first_free_number_and_stays_short_enough()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "main", "main-2", new('a', 40) };

        Assert.Equal("other", PipelineNames.Free("other", taken.Contains));
        Assert.Equal("main-3", PipelineNames.Free("main", taken.Contains));
        Assert.Equal(new string('a', 38) + "-2", PipelineNames.Free(new string('a', 40), taken.Contains));
        Assert.True(OperationId.IsPipelineName(PipelineNames.Free(new string('a', 40), taken.Contains)));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("Main")]
    [InlineData("a|b")]
    [InlineData("")]
    public void A_chosen_name_that_cannot_be_one_is_refused_with_the_reason(string name) => Assert.NotNull(PipelineNames.Refusal(name));
}
