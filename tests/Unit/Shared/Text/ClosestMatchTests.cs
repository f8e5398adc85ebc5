using UonOfferum.Shared.Text;

namespace UonOfferum.Tests.Unit.Shared.Text;

public sealed class ClosestMatchTests
{
    private static readonly string[] Known = ["client_name", "client_surname", "phone", "name"];

    [Theory]
    [InlineData("client_nmae", "client_name")]
    [InlineData("PHONE", "phone")]
    [InlineData("fone", "phone")]
    [InlineData("client_sur_name", "client_surname")]
    [InlineData("nam", "name")]
    public void A_misspelt_name_is_near_the_one_that_was_meant(string text, string expected) => Assert.Equal(expected, ClosestMatch.To(text, Known));

    [Fact]
    public void The_order_of_the_known_names_does_not_matter() => Assert.Equal(ClosestMatch.To("x", Known), ClosestMatch.To("x", Known.Reverse()));

    [Fact]
    public void Among_no_names_there_is_none() => Assert.Equal("", ClosestMatch.To("x", []));
}
