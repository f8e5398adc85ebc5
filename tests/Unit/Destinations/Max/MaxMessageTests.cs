using UonOfferum.Destinations.Max;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Destinations.Max;

public sealed class MaxMessageTests
{
    private static readonly (string, string)[] Least = [("Token", "hush"), ("ChatId", "-70012345")];

    [Fact]
    public void The_chat_is_told_who_it_is_and_where_from()
    {
        var (settings, errors) = Read(Least);

        Assert.Empty(errors);
        Assert.Equal("messages?chat_id=-70012345", MaxMessage.PathOf(settings));
        Assert.Equal("""{"text":"Анна +79000000001\nU-ON: lead 48213","notify":true}""", OrderJson.Text(MaxMessage.Of(Some.Enriching(EnrichmentState.Enriched), settings)));
    }

    [Fact]
    public void A_user_may_be_written_to_instead_of_a_chat()
    {
        var (settings, errors) = Read([("Token", "hush"), ("UserId", "5")]);

        Assert.Empty(errors);
        Assert.Equal("messages?user_id=5", MaxMessage.PathOf(settings));
    }

    [Fact]
    public void A_text_longer_than_a_message_is_cut_and_no_letter_is_halved()
    {
        var (settings, _) = Read([.. Least, ("Text", new string('a', 3_999) + "😀 {phone}")]);

        Assert.Equal(new string('a', 3_999), MaxMessage.TextOf(Some.Enriching(EnrichmentState.Enriched), settings));
    }

    [Theory]
    [InlineData("Token", "", "Max:Token: is missing.")]
    [InlineData("ChatId", "", "Max:ChatId: or UserId: set exactly one of them")]
    [InlineData("UserId", "5", "Max:ChatId: or UserId: set exactly one of them")]
    [InlineData("ChatId", "@channel", "Max:ChatId: is not a number.")]
    [InlineData("Text", "{phne}", "Max:Text: '{phne}': there is no field 'phne'. Did you mean 'phone'?")]
    [InlineData("BaseAddress", "http://example.com", "Max:BaseAddress: must be an https address")]
    [InlineData("RootCertificate", "no-such-file.pem", "Max:RootCertificate: must be one or more root certificates")]
    [InlineData("RootCertificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "Max:RootCertificate: must be one or more root certificates")]
    [InlineData("Colour", "red", "Max:Colour: is not a setting.")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected)
    {
        var (_, errors) = Read([.. Least, (key, value)]);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("hush", StringComparison.Ordinal));
    }

    private static (MaxSettings Settings, IReadOnlyList<string> Errors) Read(IEnumerable<(string, string)> settings) =>
        TestDestinations.Read(MaxSettings.Section, MaxSettings.Read, settings.GroupBy(s => s.Item1, s => s.Item2).Select(s => (s.Key, s.Last())));
}
