using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class SettingsReaderTests
{
    private readonly List<string> _errors = [];

    [Theory]
    [InlineData("00:00:05", "00:00:05")]
    [InlineData("1.02:03:04", "1.02:03:04")]
    [InlineData("00:00:00.5", "00:00:00.5000000")]
    [InlineData("0", "00:00:00")]
    [InlineData(" 00:01:00 ", "00:01:00")]
    public void A_duration_is_hours_minutes_seconds(string text, string expected)
    {
        Assert.Equal(expected, Reader(("Wait", text)).Duration("Wait", TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromDays(31)).ToString("c"));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-00:00:05")]
    [InlineData("32.00:00:00")]
    [InlineData("00:00:60")]
    [InlineData("PT5S")]
    public void What_could_mean_days_where_hours_or_seconds_were_meant_is_refused(string text)
    {
        var read = Reader(("Wait", text)).Duration("Wait", TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromDays(31));

        Assert.Equal(TimeSpan.FromHours(1), read);
        Assert.Equal(
            $"Stage:Wait: '{text}' is not a duration between 00:00:00 and 31.00:00:00. Write it as hh:mm:ss or d.hh:mm:ss, for example 01:00:00.",
            Assert.Single(_errors));
    }

    [Fact]
    public void A_list_of_durations_replaces_the_default_and_names_each_that_is_none()
    {
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.Zero], Reader(("Retry", "00:00:01, 0,")).Durations("Retry", "00:00:05", TimeSpan.FromDays(1)));
        Assert.Equal([TimeSpan.FromSeconds(5)], Reader().Durations("Retry", "00:00:05", TimeSpan.FromDays(1)));
        Assert.Empty(_errors);

        Reader(("Retry", "5,00:00:01,soon")).Durations("Retry", "00:00:05", TimeSpan.FromDays(1));

        Assert.Equal(
            [
                "Stage:Retry: '5' is not a duration between 00:00:00 and 1.00:00:00. Write a comma-separated list such as 00:00:05.",
                "Stage:Retry: 'soon' is not a duration between 00:00:00 and 1.00:00:00. Write a comma-separated list such as 00:00:05.",
            ],
            _errors);
    }

    [Theory]
    [InlineData("https://api.u-on.ru", "https://api.u-on.ru/")]
    [InlineData("https://api.example.test/v2", "https://api.example.test/v2/")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    public void An_address_is_https_or_this_machine(string text, string expected)
    {
        Assert.Equal(expected, Reader(("BaseAddress", text)).Address("BaseAddress", "https://fallback.test").ToString());
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData("http://api.u-on.ru")]
    [InlineData("http://10.0.0.5")]
    [InlineData("http://127.0.0.1.example.test")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("api.u-on.ru")]
    [InlineData("/path")]
    [InlineData("https://user:hush@api.u-on.ru")]
    [InlineData("https://api.u-on.ru/?key=hush")]
    [InlineData("https://api.u-on.ru/#hush")]
    [InlineData("https://")]
    public void Any_other_address_is_refused_and_not_repeated(string text)
    {
        Reader(("BaseAddress", text)).Address("BaseAddress", "https://fallback.test");

        Assert.Equal(
            "Stage:BaseAddress: must be an https address without a query (http only for this machine), such as https://fallback.test.", Assert.Single(_errors));
    }

    [Theory]
    [InlineData("8", 8)]
    [InlineData("0.5", 0.5)]
    public void A_number_has_a_point(string text, double expected)
    {
        Assert.Equal(expected, Reader(("Rate", text)).Number("Rate", 1, 0.1, 10));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData("0,5")]
    [InlineData("NaN")]
    [InlineData("11")]
    [InlineData("many")]
    public void Any_other_number_is_refused(string text)
    {
        Assert.Equal(1, Reader(("Rate", text)).Number("Rate", 1, 0.1, 10));
        Assert.Equal($"Stage:Rate: '{text}' is not a number between 0.1 and 10.", Assert.Single(_errors));
    }

    [Fact]
    public void A_choice_is_read_whatever_its_case()
    {
        Assert.Equal(2, Reader(("Mode", "B")).Choice("Mode", 0, ("a", 1), ("b", 2)));
        Assert.Equal(0, Reader(("Mode", " ")).Choice("Mode", 0, ("a", 1)));
        Assert.Equal(0, Reader(("Mode", "c")).Choice("Mode", 0, ("a", 1), ("b", 2)));
        Assert.Equal("Stage:Mode: 'c' is not one of a, b.", Assert.Single(_errors));
    }

    [Fact]
    public void A_list_ignores_blanks_between_commas() => Assert.Equal(["1", "5"], Reader(("In", " 1,, 5 ,")).List("In"));

    [Fact]
    public void A_list_of_several_values_is_refused_once_and_not_taken_for_absent()
    {
        var reader = Reader(("In:0", "1"), ("In:1", "5"));

        Assert.Empty(reader.List("In"));
        Assert.Equal("", reader.Required("In", "Name it."));
        Assert.Equal("Stage:In: is a list or a group but must be a single string. Separate several values with commas.", Assert.Single(_errors));
    }

    [Fact]
    public void A_key_that_nobody_asked_for_is_answered_with_the_nearest_known_one()
    {
        var reader = Reader(("Retyr", "x"), ("timeout", "00:00:01"));
        reader.Text("Retry");
        reader.Text("Timeout");

        reader.RefuseUnknownKeys();

        Assert.Equal("Stage:Retyr: is not a setting. Did you mean 'Retry'? Known here: Retry, Timeout.", Assert.Single(_errors));
    }

    private SettingsReader Reader(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Stage:{s.Key}", (string?)s.Value)))
            .Build()
            .GetSection("Stage"),
        _errors);
}
