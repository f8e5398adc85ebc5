using UonOfferum.Shared.Deliveries;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction;

public sealed class OfferumSettingsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_settings_table()
    {
        var (settings, errors) = TestOfferumSettings.Read();

        Assert.Empty(errors);
        Assert.Equal("https://api.offerrum.com/", settings.BaseAddress.ToString());
        Assert.Null(settings.Source);
        Assert.Equal("lead-5", settings.SubId.Render(name => name == "kind" ? "lead" : "5"));
        Assert.Equal(("auto", null), (settings.Country, settings.Region));
        Assert.Equal(["default_country", "phone", "name", "order_time"], settings.Form.Select(f => f.Key));
        Assert.Equal((TimeSpan.FromSeconds(30), UncertainPolicy.Resend), (settings.Policy.Timeout, settings.Policy.Uncertain));
        Assert.Equal([5, 30, 120, 600, 3600, 10800], settings.Policy.Retry.Select(d => d.TotalSeconds));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var (settings, errors) = TestOfferumSettings.Read(
            ("BaseAddress", "http://127.0.0.1:8080/network"), ("Source", "crm"), ("SubId", "{id}:{kind}"), ("Country", "kz"),
            ("Timeout", "00:00:05"), ("Retry", "00:00:01, 00:00:02"), ("Uncertain", "Hold"), ("Form:phone", ""));

        Assert.Empty(errors);
        Assert.Equal("http://127.0.0.1:8080/network/", settings.BaseAddress.ToString());
        Assert.Equal("crm", settings.Source!.Render(_ => null));
        Assert.Equal(("KZ", "KZ"), (settings.Country, settings.Region));
        Assert.Equal((TimeSpan.FromSeconds(5), UncertainPolicy.Hold), (settings.Policy.Timeout, settings.Policy.Uncertain));
        Assert.Equal([1, 2], settings.Policy.Retry.Select(d => d.TotalSeconds));
        Assert.DoesNotContain(settings.Form, f => f.Key == "phone");
    }

    [Theory]
    [InlineData("ApiKey", "", "Offerum:ApiKey: is missing. Copy it from the Offerum cabinet.")]
    [InlineData("Flow", " ", "Offerum:Flow: is missing.")]
    [InlineData("BaseAddress", "http://api.example.test", "Offerum:BaseAddress: must be an https address")]
    [InlineData("BaseAddress", "https://api.example.test/?key=1", "Offerum:BaseAddress: must be an https address")]
    [InlineData("SubId", "{id}", "Offerum:SubId: must contain {kind} and {id}")]
    [InlineData("SubId", "{kind}-{idd}", "Offerum:SubId: '{kind}-{idd}': there is no field 'idd'. Did you mean 'id'?")]
    [InlineData("Source", "{", "Offerum:Source: '{':")]
    [InlineData("Country", "Russia", "Offerum:Country: 'Russia' is not a country. Use auto")]
    [InlineData("Country", "XX", "Offerum:Country: 'XX' is not a country.")]
    [InlineData("Form:name", "{client_nmae}", "Offerum:Form:name: '{client_nmae}': there is no field 'client_nmae'. Did you mean 'client_name'?")]
    [InlineData("Form:phone:0", "{phone}", "Offerum:Form:phone: is a list or a group")]
    [InlineData("Timeout", "90", "Offerum:Timeout: '90' is not a duration between 00:00:00.1000000 and 00:01:00.")]
    [InlineData("Retry", "00:00:05,soon", "Offerum:Retry: 'soon' is not a duration")]
    [InlineData("Uncertain", "maybe", "Offerum:Uncertain: 'maybe' is not one of resend, hold.")]
    [InlineData("Folw", "zkVz", "Offerum:Folw: is not a setting. Did you mean 'Flow'?")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected) =>
        Assert.StartsWith(expected, Assert.Single(TestOfferumSettings.Read((key, value)).Errors), StringComparison.Ordinal);

    [Fact]
    public void The_known_settings_are_listed_whatever_else_is_wrong() =>
        Assert.Contains(
            "Known here: Account, ApiKey, BaseAddress, Country, Flow, Form, Retry, SamePerson, SameRecord, Source, SubId, Timeout, Uncertain.",
            TestOfferumSettings.Read(("Folw", "x"), ("SubId", "{")).Errors[^1],
            StringComparison.Ordinal);

    [Fact]
    public void The_key_is_not_part_of_what_is_logged() =>
        Assert.DoesNotContain("offerum-test-key", TestOfferumSettings.Read().Settings.ToString(), StringComparison.Ordinal);
}
