using Microsoft.Extensions.Configuration;
using UonOfferum.OperationsFunction.Retention;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.Tests.Unit.OperationsFunction.Retention;

public sealed class RetentionSettingsTests
{
    [Theory]
    [InlineData(null, 90)]
    [InlineData("30.00:00:00", 30)]
    [InlineData("0", 0)]
    [InlineData("00:00:00", 0)]
    [InlineData(" 1.00:00:00 ", 1)]
    public void Personal_data_is_kept_for_as_long_as_is_said(string? text, int days)
    {
        Assert.Empty(RetentionSettings.Problems(Set(text)));
        Assert.Equal(TimeSpan.FromDays(days), RetentionSettings.Read(Set(text)).PersonalData);
    }

    [Theory]
    [InlineData("01:00:00")]
    [InlineData("00:00:01")]
    public void It_may_be_less_than_a_day(string text)
    {
        Assert.Empty(RetentionSettings.Problems(Set(text)));
        Assert.Equal(TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture), RetentionSettings.Read(Set(text)).PersonalData);
    }

    [Theory]
    [InlineData("00:00:01", 4, 0)]
    [InlineData("23:59:59", 4, 0)]
    [InlineData("1.00:00:00", 60, 40)]
    [InlineData(null, 60, 40)]
    [InlineData("0", 60, 40)]
    public void What_leaves_within_a_day_is_looked_for_every_four_minutes(string? text, int minutes, int offset) =>
        Assert.Equal(JobSchedule.Minutes(minutes, offset), RetentionSettings.Read(Set(text)).Schedule);

    [Theory]
    [InlineData("90")]
    [InlineData("24:00:00")]
    [InlineData("90:00")]
    [InlineData("ninety days")]
    [InlineData("-1.00:00:00")]
    public void What_could_mean_something_else_stops_the_start(string text) =>
        Assert.StartsWith("Retention:PersonalData: ", Assert.Single(RetentionSettings.Problems(Set(text))), StringComparison.Ordinal);

    private static IConfiguration Set(string? text) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Retention:PersonalData", text)]).Build();
}
