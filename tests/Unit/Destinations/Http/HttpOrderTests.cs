using System.Text;
using Microsoft.Extensions.Configuration;
using UonOfferum.Destinations.Http;
using UonOfferum.Shared.Configuration;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Destinations.Http;

public sealed class HttpOrderTests
{
    [Fact]
    public void A_form_carries_what_has_a_value()
    {
        var order = Order(("Url", "https://crm.example.com/leads"), ("Form:tel", "{phone}"), ("Form:who", "{client_name => upper}"), ("Form:utm", "{source}"));

        Assert.Equal("tel=%2B79000000001&who=%D0%90%D0%9D%D0%9D%D0%90", Encoding.UTF8.GetString(order.Body.Span));
        Assert.Equal("application/x-www-form-urlencoded", order.ContentType);
        Assert.Equal("https://crm.example.com/leads", order.Address.AbsoluteUri);
    }

    [Fact]
    public void JSON_is_nested_as_the_settings_are_and_leaves_out_what_is_empty()
    {
        var order = Order(
            ("Url", "https://crm.example.com/leads"), ("Json:lead:name", "{client_name}"), ("Json:lead:note", "{source}"), ("Json:phones:0", "{phone}"), ("Json:phones:1", "{source}"));

        Assert.Equal("""{"lead":{"name":"Анна"},"phones":["+79000000001"]}""", Encoding.UTF8.GetString(order.Body.Span));
        Assert.Equal("application/json; charset=utf-8", order.ContentType);
    }

    [Fact]
    public void The_key_stands_as_set_and_values_stay_in_their_place()
    {
        var order = Order(
            ("Url", "https://crm.example.com/{kind}/{client_name}?k={api_key}"), ("ApiKey", "hush/1"), ("Headers:Authorization", "Bearer {api_key}"),
            ("Headers:X-Name", "{client_name}"), ("Json:phone", "{phone}"));

        Assert.Equal("https://crm.example.com/lead/%D0%90%D0%BD%D0%BD%D0%B0?k=hush%2F1", order.Address.AbsoluteUri);
        Assert.Equal("Bearer hush/1", order.Headers.Single(h => h.Key == "Authorization").Value);
    }

    [Fact]
    public void With_GET_the_form_is_the_query()
    {
        var order = Order(("Url", "https://crm.example.com/add?v=2"), ("Method", "get"), ("Form:tel", "{phone}"));

        Assert.Equal("https://crm.example.com/add?v=2&tel=%2B79000000001", order.Address.AbsoluteUri);
        Assert.Null(order.ContentType);
    }

    [Theory]
    [InlineData("Url", "", "Http:Url: is missing.")]
    [InlineData("Url", "http://crm.example.com/leads", "Http:Url: must begin with https://")]
    [InlineData("Url", "https://{source}/leads", "Http:Url: must begin with https://")]
    [InlineData("Url", "https://crm.example.com/{sorce}", "Http:Url: 'https://crm.example.com/{sorce}': there is no field 'sorce'. Did you mean 'source'?")]
    [InlineData("Form:x", "{phne}", "Http:Form:x: '{phne}': there is no field 'phne'. Did you mean 'phone'?")]
    [InlineData("Json:x", "{phone}", "Http:Form: an order needs a body")]
    [InlineData("Method", "DELETE", "Http:Method: 'DELETE' is not one of POST, PUT, PATCH, GET.")]
    [InlineData("Rejected", "(", "Http:Rejected: '(' is not a supported regular expression")]
    [InlineData("OrderId", "id", "Http:OrderId: 'id'")]
    [InlineData("Colour", "red", "Http:Colour: is not a setting.")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected)
    {
        var (_, errors) = Read([("Url", "https://crm.example.com/leads"), ("Form:tel", "{phone}"), (key, value)]);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_header_or_an_address_may_hold_is_shown_to_nobody()
    {
        var effective = new EffectiveSettings("Pipelines:main");
        var section = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Pipelines:main:Http:Url", "https://hooks.example.com/in/literal-secret?token=literal-secret"), new("Pipelines:main:Http:Form:phone", "{phone}"),
            new("Pipelines:main:Http:Headers:Authorization", "Bearer literal-secret"), new("Pipelines:main:Http:Headers:Accept", "application/json"),
        ]).Build().GetSection("Pipelines:main:Http");

        HttpSettings.Read(new SettingsReader(section, [], effective), []);

        var shown = effective.All.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        Assert.Equal(("https://hooks.example.com/•••", "•••", "application/json"), (shown["Http:Url"], shown["Http:Headers:Authorization"], shown["Http:Headers:Accept"]));
        Assert.DoesNotContain(shown.Values, value => value.Contains("literal-secret", StringComparison.Ordinal));
    }

    internal static (HttpSettings Settings, IReadOnlyList<string> Errors) Read(IEnumerable<(string, string)> settings) =>
        TestDestinations.Read(HttpSettings.Section, HttpSettings.Read, settings.GroupBy(s => s.Item1, s => s.Item2).Select(s => (s.Key, s.Last())));

    private static HttpOrder Order(params (string, string)[] settings)
    {
        var (read, errors) = Read(settings);
        Assert.Empty(errors);
        return HttpOrder.Of(Some.Enriching(UonOfferum.Shared.Operations.EnrichmentState.Enriched), read, read.ApiKey ?? "");
    }
}
