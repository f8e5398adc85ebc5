using System.Text;
using System.Text.Json.Nodes;
using PhoneNumbers;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class UonRecordTests
{
    public static TheoryData<UonQuirk> Quirks => [.. Enum.GetValues<UonQuirk>()];

    [Theory]
    [MemberData(nameof(Quirks))]
    public async Task A_quirk_changes_the_answer_and_leaves_it_json(UonQuirk quirk)
    {
        var at = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        await using var uon = await UonSimulator.StartAsync(null, TestContext.Current.CancellationToken);
        uon.Leads.Put(UonRecord.Lead(5, at));
        using var http = new HttpClient { BaseAddress = new Uri(uon.BaseAddress, UonSimulator.DefaultApiKey + "/") };
        var plain = await http.GetByteArrayAsync("lead/5.json");

        uon.Leads.Put(UonRecord.Lead(5, at).With(quirk));
        var odd = await http.GetByteArrayAsync("lead/5.json");

        Assert.NotEqual(plain, odd);
        var text = Encoding.UTF8.GetString(odd);
        Assert.Equal(quirk == UonQuirk.ByteOrderMark, text[0] == '\uFEFF');
        Assert.Equal(quirk == UonQuirk.RecordAsObject, JsonNode.Parse(text.TrimStart('\uFEFF'))!["lead"] is JsonObject);
    }

    [Theory]
    [InlineData(UonQuirk.PhoneWithLeadingSpace, " 79991000005")]
    [InlineData(UonQuirk.PhoneWithEight, "89991000005")]
    [InlineData(UonQuirk.PhoneFormatted, "8 (999) 100-00-05")]
    [InlineData(UonQuirk.PhoneOfTenDigits, "9991000005")]
    [InlineData(UonQuirk.PhoneAsNumber, "79991000005")]
    [InlineData(UonQuirk.PhoneInWords, "не указан")]
    [InlineData(UonQuirk.PhoneMissing, null)]
    public void Phones_are_shown_as_live_cabinets_show_them(UonQuirk quirk, string? shown) =>
        Assert.Equal(shown, UonRecord.Lead(5).With(quirk).Text("client_phone"));

    [Theory]
    [MemberData(nameof(Quirks))]
    public void The_phone_a_record_means_is_a_valid_one_or_none(UonQuirk quirk)
    {
        foreach (var record in new[] { UonRecord.Lead(5).With(quirk), UonRecord.Request(8_999_999).With(quirk) })
        {
            Assert.True(record.E164 is null || IsValid(record.E164));
        }
    }

    [Fact]
    public void Ten_thousand_leads_and_requests_have_phones_of_their_own()
    {
        var phones = Enumerable.Range(1, 10_000).SelectMany(id => new[] { UonRecord.Lead(id).E164, UonRecord.Request(id).E164 });

        Assert.Equal(20_000, phones.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Padding_makes_a_record_as_large_as_asked()
    {
        var size = Encoding.UTF8.GetByteCount(UonRecord.Lead(5).Padded(60 * 1024).ToJson().ToJsonString());

        Assert.InRange(size, 60 * 1024, 62 * 1024);
    }

    [Fact]
    public void A_field_may_be_null_or_absent()
    {
        var fields = UonRecord.Lead(5).With("client_phone", null).Without("source").ToJson();

        Assert.True(fields.ContainsKey("client_phone"));
        Assert.Null(fields["client_phone"]);
        Assert.False(fields.ContainsKey("source"));
    }

    [Fact]
    public void The_sample_lead_has_a_valid_phone_and_the_time_it_was_given()
    {
        var lead = SampleLead.Create(new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));

        Assert.True(IsValid(lead.E164!));
        Assert.Equal(SampleLead.Id, lead.Id);
        Assert.Equal("2026-03-10 12:00:00", lead.Text("dat"));
    }

    [Fact]
    public void A_webhook_calls_the_id_of_a_lead_request_id()
    {
        var at = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

        var fields = UonWebhook.Created(UonRecord.Lead(5), at).ToDictionary(StringComparer.Ordinal);

        Assert.Equal(("1", "5", "2026-03-10 12:00:00"), (fields["type_id"], fields["request_id"], fields["datetime"]));
    }

    [Fact]
    public async Task A_request_cannot_be_put_among_the_leads()
    {
        await using var uon = await UonSimulator.StartAsync(null, TestContext.Current.CancellationToken);

        Assert.Throws<ArgumentException>(() => uon.Leads.Put(UonRecord.Request(5)));
    }

    private static bool IsValid(string phone) =>
        PhoneNumberUtil.GetInstance().IsValidNumber(PhoneNumberUtil.GetInstance().Parse(phone, null));
}
