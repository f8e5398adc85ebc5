using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Http;

public sealed class PathSecretTests
{
    private static readonly string[] Two = ["0123456789abcdef-old", "0123456789abcdef-new"];

    [Fact]
    public void While_a_secret_is_replaced_both_are_valid()
    {
        Assert.True(PathSecret.Matches(Two, "0123456789abcdef-old"));
        Assert.True(PathSecret.Matches(Two, "0123456789abcdef-new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789ABCDEF-old")]
    [InlineData("0123456789abcdef-old ")]
    [InlineData("0123456789abcdef-old,0123456789abcdef-new")]
    public void Anything_else_is_not(string given) => Assert.False(PathSecret.Matches(Two, given));

    [Theory]
    [InlineData("an-unknown-pipeline-has-no-secret")]
    [InlineData("")]
    public void Without_a_secret_nothing_matches(string given)
    {
        Assert.False(PathSecret.Matches(null, given));
        Assert.False(PathSecret.Matches([], given));
    }
}
