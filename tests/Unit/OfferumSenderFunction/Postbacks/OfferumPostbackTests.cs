using UonOfferum.OfferumSenderFunction.Postbacks;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction.Postbacks;

public sealed class OfferumPostbackTests
{
    [Theory]
    [InlineData("350,50", "350,50")]
    [InlineData("999999999999", "999999999999")]
    [InlineData("9999999999.99", "9999999999.99")]
    [InlineData("1000000000000", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("0.0000000000001", null)]
    [InlineData("many", null)]
    public void A_payout_has_at_most_twelve_digits(string told, string? kept) =>
        Assert.Equal(kept, OfferumPostback.From(new Dictionary<string, string> { ["status"] = "approved", ["payout"] = told }).Payout);
}
