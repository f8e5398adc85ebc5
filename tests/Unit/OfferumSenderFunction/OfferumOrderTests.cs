using CsCheck;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OfferumSenderFunction;

public sealed class OfferumOrderTests
{
    [Fact]
    public void A_leads_order_is_what_the_source_document_says()
    {
        var order = OfferumOrder.Of(Lead(("client_name", "Анна"), ("client_surname", "Тестова"), ("order_time", "1772445600")), Settings());

        Assert.Equal("webmaster/order/?key=offerum-test-key&flow=zkVz&subid=lead-48213", order.Path);
        Assert.Equal(
            [new("default_country", "RU"), new("phone", "+79000000001"), new("name", "Анна"), new("order_time", "1772445600")],
            order.Form);
    }

    [Fact]
    public void A_requests_order_names_it_a_request() =>
        Assert.EndsWith(
            "&subid=request-5",
            OfferumOrder.Of(Lead() with { Id = new OperationId("main", RecordKind.Request, 5) }, Settings()).Path,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("+79000000001", "RU")]
    [InlineData("+375291110001", "BY")]
    [InlineData("+77010000001", "KZ")]
    [InlineData("+380500000001", "UA")]
    public void The_country_is_the_phones_own_also_after_an_operator_corrected_it(string phone, string country)
    {
        var order = OfferumOrder.Of(Lead(("phone", phone), ("country", "DE")), Settings());

        Assert.Equal((country, phone), (Field(order, "default_country"), Field(order, "phone")));
    }

    [Fact]
    public void A_configured_country_is_sent_for_every_phone() =>
        Assert.Equal("BY", Field(OfferumOrder.Of(Lead(), Settings(("Country", "by"))), "default_country"));

    [Theory]
    [InlineData("", "", "Клиент")]
    [InlineData("", "Тестова", "Тестова")]
    [InlineData("Анна", "", "Анна")]
    public void A_client_without_a_name_is_sent_as_one(string name, string surname, string expected) =>
        Assert.Equal(expected, Field(OfferumOrder.Of(Lead(("client_name", name), ("client_surname", surname)), Settings()), "name"));

    [Fact]
    public void Fields_without_a_value_are_not_sent() =>
        Assert.Equal(["default_country", "phone", "name"], OfferumOrder.Of(Lead(), Settings()).Form.Select(f => f.Key));

    [Fact]
    public void An_empty_template_drops_a_field_and_a_new_one_adds_it()
    {
        var order = OfferumOrder.Of(
            Lead(("client_name", "Анна")), Settings(("Form:default_country", ""), ("Form:fio", "{client_name}"), ("Form:user_ip", "203.0.113.7")));

        Assert.Equal([new("phone", "+79000000001"), new("name", "Анна"), new("fio", "Анна"), new("user_ip", "203.0.113.7")], order.Form);
    }

    [Fact]
    public void The_source_stands_in_the_query_only_when_set() =>
        Assert.Equal(
            "webmaster/order/?key=offerum-test-key&flow=zkVz&source=crm%20%D1%81%D0%B0%D0%B9%D1%82&subid=lead-48213",
            OfferumOrder.Of(Lead(("source", "сайт")), Settings(("Source", "crm {source}"))).Path);

    [Fact]
    public void A_source_that_comes_out_empty_is_not_sent() =>
        Assert.DoesNotContain("source", OfferumOrder.Of(Lead(), Settings(("Source", "{source}"))).Path, StringComparison.Ordinal);

    [Fact]
    public void The_subid_loses_the_colons_of_its_values_not_of_its_template() =>
        Assert.EndsWith(
            "&subid=lead-48213%3Aa%20b%20c",
            OfferumOrder.Of(Lead(("source", "a:b:c")), Settings(("SubId", "{kind}-{id}:{source}"))).Path,
            StringComparison.Ordinal);

    [Fact]
    public void A_colon_elsewhere_is_a_colon() =>
        Assert.Contains("source=a%3Ab&", OfferumOrder.Of(Lead(("source", "a:b")), Settings(("Source", "{source}"))).Path, StringComparison.Ordinal);

    [Fact]
    public void Whatever_a_field_holds_the_query_keeps_its_four_parts()
    {
        var settings = Settings(("Source", "x{source}"), ("SubId", "{kind}-{id}:{source}"));
        Texts.Of(100).Sample(text =>
        {
            var order = OfferumOrder.Of(Lead(("source", text)), settings);

            Assert.Matches("^webmaster/order/\\?key=offerum-test-key&flow=zkVz&source=[A-Za-z0-9._~%-]+&subid=[A-Za-z0-9._~%-]+$", order.Path);
            Assert.Equal("x" + text, Uri.UnescapeDataString(order.Path.Split("source=")[1].Split('&')[0]));
        });
    }

    [Fact]
    public void The_key_is_escaped() =>
        Assert.StartsWith("webmaster/order/?key=a%26b%3Dc%20d&flow=", OfferumOrder.Of(Lead(), Settings(("ApiKey", "a&b=c d"))).Path, StringComparison.Ordinal);

    [Fact]
    public void What_is_shown_to_people_never_holds_the_key() =>
        Gen.Char.AlphaNumeric.Array[8, 40].Select(chars => "k" + new string(chars)).Sample(key =>
        {
            var order = OfferumOrder.Of(Lead(), Settings(("ApiKey", key)));

            Assert.Equal("webmaster/order/?key=***&flow=zkVz&subid=lead-48213", order.MaskedPath);
            Assert.DoesNotContain(key, order.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("7900", order.ToString(), StringComparison.Ordinal);
        });

    private static Operation Lead(params (string Name, string Value)[] fields) =>
        Some.Operation(Some.Delivery(DeliveryState.Sending)) with { Fields = Some.Fields([("phone", "+79000000001"), .. fields]) };

    private static OfferumSettings Settings(params (string Key, string Value)[] settings) => TestOfferumSettings.Read(settings).Settings;

    private static string Field(OfferumOrder order, string name) => Assert.Single(order.Form, f => f.Key == name).Value;
}
