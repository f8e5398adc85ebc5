using System.Globalization;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Orders;

/// <summary>The order as Offerum receives it, field by field.</summary>
public sealed class OrderTests(OrderTests.Apps apps) : IClassFixture<OrderTests.Apps>
{
    // A record's date has whole seconds.
    private static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds());

    private static readonly string CreatedText = Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(UonRecordKind.Lead, 501, null, "RU", "+79991000501")]
    [InlineData(UonRecordKind.Lead, 502, UonQuirk.PhoneOfBelarus, "BY", "+375291000502")]
    [InlineData(UonRecordKind.Lead, 503, UonQuirk.PhoneOfKazakhstan, "KZ", "+77011000503")]
    [InlineData(UonRecordKind.Lead, 504, UonQuirk.PhoneOfUkraine, "UA", "+380501000504")]
    [InlineData(UonRecordKind.Request, 505, null, "RU", "+79961000505")]
    [InlineData(UonRecordKind.Request, 506, UonQuirk.PhoneOfBelarus, "BY", "+375441000506")]
    [InlineData(UonRecordKind.Request, 507, UonQuirk.PhoneOfKazakhstan, "KZ", "+77021000507")]
    [InlineData(UonRecordKind.Request, 508, UonQuirk.PhoneOfUkraine, "UA", "+380671000508")]
    public async Task An_order_is_what_the_source_document_asks_for(UonRecordKind kind, long id, UonQuirk? quirk, string country, string phone)
    {
        var record = kind == UonRecordKind.Lead ? UonRecord.Lead(id, Created) : UonRecord.Request(id, Created);
        record = (quirk is { } odd ? record.With(odd) : record).With("client_name", "Анна & Ко = 100% +1");

        var order = await apps.SellAsync(record);

        Assert.Equal("POST", order.Method);
        Assert.Equal("application/x-www-form-urlencoded", order.ContentType);
        Assert.Equal([
            new("key", OfferumSimulator.DefaultKey),
            new("flow", OfferumSimulator.DefaultFlow),
            new("subid", kind == UonRecordKind.Lead ? $"lead-{id}" : $"request-{id}"),
        ], order.Query);
        Assert.Equal([
            new("default_country", country),
            new("phone", phone),
            new("name", "Анна & Ко = 100% +1"),
            new("order_time", CreatedText),
        ], order.Form);
        Assert.Equal(
            $"default_country={country}&phone=%2B{phone[1..]}&name=%D0%90%D0%BD%D0%BD%D0%B0+%26+%D0%9A%D0%BE+%3D+100%25+%2B1&order_time={CreatedText}",
            order.Body);
    }

    [Fact]
    public async Task What_is_set_on_top_is_sent_too()
    {
        var order = await apps.SellAsync(UonRecord.Lead(511, Created), Apps.Dressed);

        Assert.Equal([
            new("key", OfferumSimulator.DefaultKey),
            new("flow", OfferumSimulator.DefaultFlow),
            new("source", "Сайт агентства/yandex"),
            new("subid", "17:lead-511"),
        ], order.Query);
        Assert.Equal("203.0.113.7", order.Form["user_ip"]);
        Assert.Equal("Mozilla/5.0 (CRM; +https://agency.example)", order.Form["user_agent"]);
    }

    [Fact]
    public async Task A_colon_within_a_value_does_not_shift_the_values_of_the_subid()
    {
        var order = await apps.SellAsync(UonRecord.Lead(512, Created).With("manager_id", "1:7"), Apps.Dressed, "1 7:lead-512");

        Assert.Equal("1 7:lead-512", order.SubId);
    }

    [Fact]
    public async Task Form_fields_can_be_named_as_other_samples_name_them_and_dropped()
    {
        // The simulator asks for the names of the source document.
        apps.App.Offerum.ForSubId("lead-513").Set(OfferumReplyKind.Ok);

        var order = await apps.SellAsync(UonRecord.Lead(513, Created).With("client_surname", "Озерова").With("client_name", "Ольга"), Apps.Renamed);

        Assert.Equal([new("phone", "+79991000513"), new("country", "RU"), new("fio", "Озерова Ольга")], order.Form.OrderByDescending(f => f.Key == "phone").ThenBy(f => f.Key));
    }

    [Theory]
    [InlineData(521, "8 701 100 05 21", "+77011000521")]
    [InlineData(522, "+375 29 100-05-22", "+375291000522")]
    public async Task A_fixed_country_is_always_sent_and_local_phones_are_read_as_its_own(long id, string shown, string phone)
    {
        var order = await apps.SellAsync(UonRecord.Lead(id, Created).WithPhone(shown, phone), Apps.Fixed);

        Assert.Equal("KZ", order.Form["default_country"]);
        Assert.Equal(phone, order.Phone);
    }

    [Fact]
    public async Task The_time_of_the_order_is_that_of_dat_before_dat_lead()
    {
        var record = UonRecord.Request(531, Created).With("dat_lead", "2026-01-01 00:00");

        Assert.Equal(CreatedText, (await apps.SellAsync(record)).Form["order_time"]);
    }

    [Fact]
    public async Task The_time_of_the_order_is_that_of_dat_lead_where_dat_is_none()
    {
        var record = UonRecord.Request(532, Created).With("dat", "0001-01-01 00:00");

        Assert.Equal(CreatedText, (await apps.SellAsync(record)).Form["order_time"]);
    }

    [Fact]
    public async Task The_order_has_the_webhooks_time_where_the_record_has_none()
    {
        var order = await apps.SellAsync(UonRecord.Lead(533, Created).With(UonQuirk.DatesOfYearOne));

        var operation = (await apps.App.OperationAsync("lead", 533))!.Value;
        Assert.Equal(operation.GetProperty("receivedAt").GetDateTimeOffset().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), order.Form["order_time"]);
    }

    [Theory]
    [InlineData(541, "Ирина", "Туманова", "Ирина")]
    [InlineData(542, null, "Туманова", "Туманова")]
    [InlineData(543, "", null, "Клиент")]
    [InlineData(544, "  Мария &amp; Пётр ", "Туманова", "Мария & Пётр")]
    public async Task The_name_is_the_first_that_there_is(long id, string? name, string? surname, string sent)
    {
        var order = await apps.SellAsync(UonRecord.Lead(id, Created).With("client_name", name).With("client_surname", surname));

        Assert.Equal(sent, order.Form["name"]);
    }

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public const string Dressed = "dressed";
        public const string Renamed = "renamed";
        public const string Fixed = "fixed";

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [PipelineApp.Name, Dressed, Renamed, Fixed],
            Settings =
            [
                ($"Pipelines:{Dressed}:Fields:utm", """["record"][0]["utm_source"]"""),
                ($"Pipelines:{Dressed}:Offerum:Source", "{source}/{utm}"),
                ($"Pipelines:{Dressed}:Offerum:SubId", "{manager_id}:{kind}-{id}"),
                ($"Pipelines:{Dressed}:Offerum:Form:user_ip", "203.0.113.7"),
                ($"Pipelines:{Dressed}:Offerum:Form:user_agent", "Mozilla/5.0 (CRM; +https://agency.example)"),
                ($"Pipelines:{Renamed}:Offerum:Form:default_country", ""),
                ($"Pipelines:{Renamed}:Offerum:Form:country", "{country}"),
                ($"Pipelines:{Renamed}:Offerum:Form:name", ""),
                ($"Pipelines:{Renamed}:Offerum:Form:fio", "{client_surname} {client_name}"),
                ($"Pipelines:{Renamed}:Offerum:Form:order_time", ""),
                ($"Pipelines:{Fixed}:Offerum:Country", "KZ"),
            ],
        };

        /// <summary>Sends the record's webhook and returns the order that came of it.</summary>
        public async Task<OfferumOrder> SellAsync(UonRecord record, string pipeline = PipelineApp.Name, string? subId = null)
        {
            var isLead = record.Kind == UonRecordKind.Lead;
            (isLead ? App.Uon.Leads : App.Uon.Requests).Put(record);
            using var answer = await App.SendWebhookAsync(record.Id, isLead ? UonWebhook.LeadCreated : UonWebhook.RequestCreated, pipeline);
            answer.EnsureSuccessStatusCode();
            var name = $"{(isLead ? "lead" : "request")}-{record.Id}";
            await App.WaitForAsync($"{pipeline}/{name.Replace('-', '/')}", "Delivered");
            return Assert.Single(App.Offerum.Sent(subId ?? (pipeline == Dressed ? $"17:{name}" : name)));
        }
    }
}
