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

    [Theory]
    [InlineData("lead-5", "subid1=lead-5")]
    [InlineData("lead-5:Сайт", "subid1=lead-5&subid2=Сайт&subid3={subid3}")]
    [InlineData("lead-5::x", "sub1=lead-5&sub2=&sub3=x")]
    [InlineData(":lead-5", "subid1=&subid2=lead-5")]
    [InlineData(null, "subid1={subid1}&subid2=")]
    [InlineData(null, "subid2=lead-5")]
    public void A_subid_is_put_together_from_its_values(string? expected, string query) => Assert.Equal(expected, OfferumPostback.From(Fields(query)).SubId);

    [Theory]
    [InlineData("lead-5", "subid1=lead-5&sub2=x")]
    [InlineData(null, "subid1=lead-5")]
    [InlineData(null, "subid1=lead-5:x")]
    [InlineData(null, "subid1=&subid2=lead-5")]
    public void The_first_value_of_several_is_kept_too(string? expected, string query) => Assert.Equal(expected, OfferumPostback.From(Fields(query)).FirstSubId);

    private static Dictionary<string, string> Fields(string query) =>
        query.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
