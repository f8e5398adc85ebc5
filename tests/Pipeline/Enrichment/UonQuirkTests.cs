using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>Every oddity of live records, in leads and in requests; all are on their way before the first test looks.</summary>
public sealed class UonQuirkTests(UonQuirkTests.Records records) : IClassFixture<UonQuirkTests.Records>
{
    public static TheoryData<UonRecordKind, UonQuirk> All => new(Records.All);

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_odd_record_is_read_as_it_was_meant(UonRecordKind kind, UonQuirk quirk)
    {
        var record = Records.Of(kind, quirk);
        var id = $"main/{Records.Name(kind)}/{record.Id}";
        var subId = $"{Records.Name(kind)}-{record.Id}";
        var (state, code) = Expected(quirk);

        var operation = await records.App.WaitForAsync(id, state);

        Assert.Equal(code, operation.ErrorCode());
        if (state != "Delivered")
        {
            Assert.Empty(records.App.Offerum.Sent(subId));
            return;
        }

        var order = Assert.Single(records.App.Offerum.Sent(subId));
        Assert.Equal(record.E164, order.Phone);
        Assert.Equal(record.Text("client_name"), order.Form["name"]);
        Assert.Equal(Country(quirk), order.Form["default_country"]);
    }

    [Fact]
    public async Task A_status_is_shown_without_its_html()
    {
        var id = Records.Of(UonRecordKind.Lead, UonQuirk.HtmlEntityInStatus).Id;

        var operation = await records.App.WaitForAsync("lead", id, "Delivered");

        Assert.Equal("Новая → \"В работе\"", operation.Field("status"));
    }

    [Theory]
    [InlineData(UonQuirk.OptionalFieldsNull)]
    [InlineData(UonQuirk.OptionalFieldsEmpty)]
    [InlineData(UonQuirk.OptionalFieldsAbsent)]
    public async Task What_is_empty_in_the_record_is_no_field(UonQuirk quirk)
    {
        var operation = await records.App.WaitForAsync("lead", Records.Of(UonRecordKind.Lead, quirk).Id, "Delivered");

        Assert.Null(operation.Field("manager_name"));
        Assert.Null(operation.Field("source"));
        Assert.Equal("Новое обращение", operation.Field("status"));
    }

    private static (string State, string? Code) Expected(UonQuirk quirk) => quirk switch
    {
        UonQuirk.PhoneInWords => ("Failed", "bad-phone"),
        UonQuirk.PhoneMissing or UonQuirk.ClientFieldsNull => ("Failed", "no-phone"),
        UonQuirk.IdsAsText or UonQuirk.OptionalFieldsNull or UonQuirk.OptionalFieldsEmpty or UonQuirk.OptionalFieldsAbsent
            or UonQuirk.HtmlEntityInStatus or UonQuirk.RecordAsObject or UonQuirk.ByteOrderMark or UonQuirk.DatesOfYearOne
            or UonQuirk.DatesWithoutSeconds or UonQuirk.MoneyWithComma or UonQuirk.PhoneOnlyInMobile or UonQuirk.PhoneOnlyInPhone
            or UonQuirk.PhoneWithLeadingSpace or UonQuirk.PhoneWithEight or UonQuirk.PhoneFormatted or UonQuirk.PhoneOfTenDigits
            or UonQuirk.PhoneAsNumber or UonQuirk.PhoneOfBelarus or UonQuirk.PhoneOfKazakhstan or UonQuirk.PhoneOfUkraine => ("Delivered", null),
        _ => throw new ArgumentOutOfRangeException(nameof(quirk), quirk, "A new quirk: say here what becomes of the record."),
    };

    private static string Country(UonQuirk quirk) => quirk switch
    {
        UonQuirk.PhoneOfBelarus => "BY",
        UonQuirk.PhoneOfKazakhstan => "KZ",
        UonQuirk.PhoneOfUkraine => "UA",
        _ => "RU",
    };

    public sealed class Records(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public static IEnumerable<(UonRecordKind Kind, UonQuirk Quirk)> All =>
            from kind in new[] { UonRecordKind.Lead, UonRecordKind.Request } from quirk in Enum.GetValues<UonQuirk>() select (kind, quirk);

        public static string Name(UonRecordKind kind) => kind == UonRecordKind.Lead ? "lead" : "request";

        public static UonRecord Of(UonRecordKind kind, UonQuirk quirk)
        {
            var id = 1_000 + (int)quirk;
            return (kind == UonRecordKind.Lead ? UonRecord.Lead(id) : UonRecord.Request(id)).With(quirk);
        }

        protected override async Task FillAsync()
        {
            foreach (var (kind, quirk) in All)
            {
                (kind == UonRecordKind.Lead ? App.Uon.Leads : App.Uon.Requests).Put(Of(kind, quirk));
            }

            await Task.WhenAll(All.Select(async record =>
            {
                var type = record.Kind == UonRecordKind.Lead ? UonWebhook.LeadCreated : UonWebhook.RequestCreated;
                using var answer = await App.SendWebhookAsync(Of(record.Kind, record.Quirk).Id, type);
                answer.EnsureSuccessStatusCode();
            }));
        }
    }
}
