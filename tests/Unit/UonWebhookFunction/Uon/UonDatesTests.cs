using System.Globalization;
using System.Text.Json;
using UonOfferum.Shared.Fields;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonDatesTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    [Theory]
    [InlineData("2026-03-01 12:00", "2026-03-01T12:00:00+03:00")]
    [InlineData(" 2026-03-01 12:00:30 ", "2026-03-01T12:00:30+03:00")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00+03:00")]
    [InlineData("2026-03-01T12:00:30", "2026-03-01T12:00:30+03:00")]
    public void Dates_are_local_to_the_zone(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), FieldDates.Read(text, Moscow));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0001-01-01 00:00")]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("0000-00-00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2026-02-30 12:00")]
    [InlineData("yesterday")]
    public void What_is_no_date_is_none(string? text) => Assert.Null(FieldDates.Read(text, Moscow));

    [Fact]
    public void An_hour_that_summer_time_skips_or_repeats_is_still_a_date()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.NotNull(FieldDates.Read("2026-03-29 02:30", berlin));
        Assert.NotNull(FieldDates.Read("2026-10-25 02:30", berlin));
    }

    [Theory]
    [InlineData("2026-03-01 12:00", "2026-02-01 12:00", "2026-03-01T09:00:00Z")]
    [InlineData("0001-01-01 00:00", "2026-02-01 12:00", "2026-02-01T09:00:00Z")]
    [InlineData("", "", null)]
    public void A_record_was_made_at_dat_else_at_dat_lead(string dat, string datLead, string? expected)
    {
        var fields = RecordFields.Empty.With([new("dat", dat), new("dat_lead", datLead)]);
        DateTimeOffset? at = expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);

        Assert.Equal(at, UonDates.CreatedAt(fields, Moscow));
        Assert.Equal(at, UonDates.CreatedAt(JsonSerializer.SerializeToElement(new { dat, dat_lead = datLead }), Moscow));
    }
}
