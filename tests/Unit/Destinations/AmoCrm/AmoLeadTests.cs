using System.Text.Json.Nodes;
using UonOfferum.Destinations.AmoCrm;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Destinations.AmoCrm;

public sealed class AmoLeadTests
{
    private static readonly (string, string)[] Account = [("BaseAddress", "https://agency.amocrm.ru"), ("Token", "a.long.token")];

    [Fact]
    public void By_default_a_lead_has_a_name_a_contact_with_its_phone_and_a_tag() => Assert.Equal(
        """
        [{"name":"Анна, +79000000001 [main/lead/48213]","_embedded":{"tags":[{"name":"U-ON"}],"contacts":[{"first_name":"Анна","custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79000000001","enum_code":"WORK"}]}]}]},"request_id":"main/lead/48213"}]
        """.Trim(),
        OrderJson.Text(Lead(Some.Enriching(EnrichmentState.Enriched))));

    [Fact]
    public void Numbers_are_numbers_and_what_has_no_value_is_left_out()
    {
        var fields = Some.Fields(("phone", "+79000000001"), ("client_email", "a@example.com"), ("client_surname", "Иванова"), ("source", "Сайт, форма"), ("status", "50000.60"));
        var lead = Lead(
            Some.Enriching(EnrichmentState.Enriched) with { Fields = fields },
            ("Lead:price", "{status}"), ("Lead:pipeline_id", "11"), ("Lead:status_id", "22"), ("Lead:responsible_user_id", "33"),
            ("Lead:Fields:700001", "{source}"), ("Lead:Fields:700002", "{client_name}"), ("Tags", "U-ON, {source}"));

        Assert.Equal(
            """
            [{"name":"Иванова, +79000000001 [main/lead/48213]","price":50001,"pipeline_id":11,"status_id":22,"responsible_user_id":33,"custom_fields_values":[{"field_id":700001,"values":[{"value":"Сайт, форма"}]}],"_embedded":{"tags":[{"name":"U-ON"},{"name":"Сайт"},{"name":"форма"}],"contacts":[{"last_name":"Иванова","custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79000000001","enum_code":"WORK"}]},{"field_code":"EMAIL","values":[{"value":"a@example.com","enum_code":"WORK"}]}],"responsible_user_id":33}]},"request_id":"main/lead/48213"}]
            """.Trim(),
            OrderJson.Text(lead));
    }

    [Fact]
    public void A_leads_name_ends_with_the_operations_id_however_long_it_is()
    {
        Assert.EndsWith("x [main/lead/48213]", Name(("Lead:name", new string('x', 400))), StringComparison.Ordinal);
        Assert.InRange(Name(("Lead:name", new string('x', 400))).Length, 100, 255);

        static string Name(params (string, string)[] more) => Lead(Some.Enriching(EnrichmentState.Enriched), more)[0]!["name"]!.GetValue<string>();
    }

    [Fact]
    public void A_price_in_words_goes_out_as_it_is_for_the_answer_to_name_it() =>
        Assert.Equal("много", Lead(Some.Enriching(EnrichmentState.Enriched) with { Fields = Some.Fields(("status", "много")) }, ("Lead:price", "{status}"))[0]!["price"]!.GetValue<string>());

    [Fact]
    public void The_preview_shows_the_lead_and_no_token()
    {
        var shown = AmoLead.Shown(Some.Enriching(EnrichmentState.Enriched), Good(("Lead:Fields:7", "{kind}")));

        Assert.Equal(["name", "custom_fields_values.7", "contact.first_name", "contact.phone", "tag", "request_id"], shown.Select(f => f.Key));
        Assert.DoesNotContain(shown, f => f.Value.Contains("a.long.token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BaseAddress", "", "Amo:BaseAddress: is missing.")]
    [InlineData("BaseAddress", "http://agency.amocrm.ru", "Amo:BaseAddress: must be an https address")]
    [InlineData("Token", "", "Amo:Token: is missing.")]
    [InlineData("Token", "Bearer abc", "Amo:Token: is not a token")]
    [InlineData("ClientId", "x", "Amo:Token: cannot be combined with OAuth settings.")]
    [InlineData("Lead:pipeline_id", "Новые", "Amo:Lead:pipeline_id: must be a number")]
    [InlineData("Lead:nam", "x", "Amo:Lead:nam: is not a setting. Did you mean 'name'?")]
    [InlineData("Lead:name", "{phne}", "Amo:Lead:name: '{phne}': there is no field 'phne'. Did you mean 'phone'?")]
    [InlineData("Lead:Fields:Город", "{source}", "Amo:Lead:Fields:Город: must be the number of a lead's field")]
    [InlineData("Contact:middle_name", "x", "Amo:Contact:middle_name: is not a setting.")]
    [InlineData("Colour", "red", "Amo:Colour: is not a setting.")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected)
    {
        var (_, errors) = Read([.. Account, (key, value)]);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("Bearer abc", StringComparison.Ordinal));
    }

    internal static AmoSettings Good(params (string, string)[] more)
    {
        var (settings, errors) = Read([.. Account, .. more]);
        Assert.Empty(errors);
        return settings;
    }

    private static JsonArray Lead(Operation operation, params (string, string)[] more) => AmoLead.Of(operation, Good(more));

    [Fact]
    public void OAuth_takes_all_four()
    {
        var (_, errors) = Read([("BaseAddress", "https://agency.amocrm.ru"), ("ClientId", "x"), ("ClientSecret", "hush")]);

        Assert.Equal(["Amo:RefreshToken: OAuth needs all four: ClientId, ClientSecret, RedirectUri and RefreshToken."], errors);
    }

    private static (AmoSettings Settings, IReadOnlyList<string> Errors) Read(IEnumerable<(string, string)> settings) =>
        TestDestinations.Read(AmoSettings.Section, AmoSettings.Read, settings.GroupBy(s => s.Item1, s => s.Item2).Select(s => (s.Key, s.Last())));
}
