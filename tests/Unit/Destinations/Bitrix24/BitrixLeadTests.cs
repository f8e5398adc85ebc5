using UonOfferum.Destinations.Bitrix24;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Destinations.Bitrix24;

public sealed class BitrixLeadTests
{
    private const string Webhook = "https://agency.bitrix24.ru/rest/1/hush0";

    [Fact]
    public void A_lead_carries_the_client_and_the_operation_it_came_from()
    {
        var settings = Settings(("Fields:UF_CRM_1700000000", "{client_name => upper}"), ("Fields:SOURCE_DESCRIPTION", ""));

        Assert.Equal(
            """{"fields":{"TITLE":"Анна, +79000000001","NAME":"Анна","PHONE":[{"VALUE":"+79000000001","VALUE_TYPE":"WORK"}],"UF_CRM_1700000000":"АННА","ORIGINATOR_ID":"uon-offerum","ORIGIN_ID":"main/lead/48213"},"params":{"REGISTER_SONET_EVENT":"Y"}}""",
            OrderJson.Text(BitrixLead.Add(Some.Enriching(EnrichmentState.Enriched), settings)));
    }

    [Fact]
    public void Our_own_lead_is_found_by_the_operation() => Assert.Equal(
        """{"filter":{"=ORIGINATOR_ID":"uon-offerum","=ORIGIN_ID":"main/lead/48213"},"select":["ID"],"order":{"ID":"ASC"}}""",
        OrderJson.Text(BitrixLead.FindOwn(Some.Enriching(EnrichmentState.Enriched))));

    [Fact]
    public void The_webhook_may_end_without_its_slash() => Assert.Equal(Webhook + "/", Settings().Webhook.AbsoluteUri);

    [Theory]
    [InlineData("Webhook", "", "Bitrix:Webhook: is missing.")]
    [InlineData("Webhook", "https://agency.bitrix24.ru/hush0", "Bitrix:Webhook: is not the address of an inbound webhook.")]
    [InlineData("Webhook", "http://agency.bitrix24.ru/rest/1/hush0/", "Bitrix:Webhook: is not the address of an inbound webhook.")]
    [InlineData("Fields:ORIGIN_ID", "x", "Bitrix:Fields:ORIGIN_ID: is set by the app")]
    [InlineData("Fields:TITLE", "{phne}", "Bitrix:Fields:TITLE: '{phne}': there is no field 'phne'. Did you mean 'phone'?")]
    [InlineData("Duplicates", "merge", "Bitrix:Duplicates: 'merge' is not one of add, skip.")]
    [InlineData("Colour", "red", "Bitrix:Colour: is not a setting.")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected)
    {
        var (_, errors) = Read([("Webhook", Webhook), (key, value)]);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("hush0", StringComparison.Ordinal));
    }

    private static (BitrixSettings Settings, IReadOnlyList<string> Errors) Read(IEnumerable<(string, string)> settings) =>
        TestDestinations.Read(BitrixSettings.Section, BitrixSettings.Read, settings.GroupBy(s => s.Item1, s => s.Item2).Select(s => (s.Key, s.Last())));

    private static BitrixSettings Settings(params (string, string)[] more)
    {
        var (settings, errors) = Read([("Webhook", Webhook), .. more]);
        Assert.Empty(errors);
        return settings;
    }
}
