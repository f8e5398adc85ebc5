using System.Text;
using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.Tests.Unit.OperationsFunction.Api;

public sealed class OperationCsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(null, "")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+7", "'+7")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a, @b", "\"a,' @b\"")]
    [InlineData("a\t+7", "\"a\t'+7\"")]
    [InlineData("one\n-two", "\"one\n'-two\"")]
    [InlineData("one-two = three", "one-two = three")]
    [InlineData("=cmd|'/c calc'!A1,x", "\"'=cmd|'/c calc'!A1,x\"")]
    public void A_cell_is_quoted_where_it_must_be_and_is_never_a_formula(string? value, string cell)
    {
        var line = new StringBuilder();

        OperationCsv.Line(line, [value, "next"]);

        Assert.Equal($"{cell},next\r\n", line.ToString());
    }
}
