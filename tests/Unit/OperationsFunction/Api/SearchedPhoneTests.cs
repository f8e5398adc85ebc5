using UonOfferum.OperationsFunction.Api;

namespace UonOfferum.Tests.Unit.OperationsFunction.Api;

public sealed class SearchedPhoneTests
{
    [Theory]
    [InlineData("8 029 123-45-67", "+375291234567", "BY", "RU")]
    [InlineData("8 (900) 123-45-67", "+79001234567", "BY", "RU")]
    [InlineData("+79001234567", "+79001234567", "RU", "BY", "UA", "RU")]
    public void A_phone_is_read_in_the_region_of_each_pipeline(string typed, string expected, params string[] regions)
    {
        var phones = OperationList.Phones(typed, regions);

        Assert.Contains(expected, phones);
        Assert.Equal(phones.Distinct(StringComparer.Ordinal), phones);
    }

    [Fact]
    public void A_text_that_is_no_phone_anywhere_finds_none() => Assert.Empty(OperationList.Phones("none", ["RU", "BY"]));
}
