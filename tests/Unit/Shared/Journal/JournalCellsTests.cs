using Azure.Data.Tables;
using UonOfferum.Shared.Journal;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class JournalCellsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(JournalCells.MaxCharacters, 1)]
    [InlineData(JournalCells.MaxCharacters + 1, 2)]
    [InlineData(JournalCells.MaxCharacters * 2, 2)]
    [InlineData(JournalCells.MaxCharacters * 3 + 5, 4)]
    public void Long_text_goes_to_further_columns_and_comes_back(int length, int columns)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26)));
        var row = new TableEntity();

        JournalCells.Put(row, "Fields", text);

        var cells = ((IDictionary<string, object>)row).Values.OfType<string>().ToList();
        Assert.Equal(columns, cells.Count);
        Assert.All(cells, cell => Assert.True(cell.Length <= JournalCells.MaxCharacters));
        Assert.Equal(text, JournalCells.Get(row, "Fields"));
    }

    [Fact]
    public void No_text_is_no_text()
    {
        var row = new TableEntity();

        JournalCells.Put(row, "Fields", null);

        Assert.Null(JournalCells.Get(row, "Fields"));
        Assert.Null(JournalCells.Get(new TableEntity(), "Fields"));
    }
}
