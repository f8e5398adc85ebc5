using System.Text.Json;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.OperationsFunction.Sentences;

public sealed class SentenceCatalogTests
{
    private const string Refused = "Offerum refused the order (HTTP 422). Correct the record and send it again, or discard it.";

    /// <summary>The page's tests read the same file: both tell a line alike.</summary>
    public static TheoryData<string, string> Lines()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "OperationsFunction", "Console", "tests", "sentences.json")));
        return new TheoryData<string, string>(json.RootElement.EnumerateArray()
            .Select(line => (line.GetProperty("line").GetString()!, line.GetProperty("ru").GetString()!)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_told_in_Russian_as_the_page_tells_it(string line, string russian) =>
        Assert.Equal(russian, SentenceCatalog.Translate(line, EmbeddedTexts.Russian));

    [Fact]
    public void In_English_it_stays_as_it_was_written() => Assert.Equal(Refused, SentenceCatalog.Translate(Refused, EmbeddedTexts.English));

    [Fact]
    public void A_line_has_its_codes_and_parameters()
    {
        var says = SentenceCatalog.Read(Refused)!;

        Assert.Equal(["offerum-refused-status", "advice-correct"], says.Select(s => s.Code));
        Assert.Equal("422", says[0].Params["status"]);
    }

    [Fact]
    public void What_no_catalogue_knows_has_none() => Assert.Null(SentenceCatalog.Read("Something of an older app."));
}
