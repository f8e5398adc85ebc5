using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonSettingsTests
{
    private const string Key = "invented-uon-key";

    private readonly List<string> _errors = [];

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var settings = Read(("ApiKey", Key));

        Assert.Empty(_errors);
        Assert.Equal(Key, settings.ApiKey);
        Assert.Equal(new Uri("https://api.u-on.ru/"), settings.BaseAddress);
        Assert.Equal(RecordKind.Auto, settings.Record);
        Assert.Equal([1, 2], settings.Events.Order());
        Assert.Null(settings.CabinetId);
        Assert.Equal("Europe/Moscow", settings.TimeZone.Id);
        Assert.Equal(TimeSpan.FromDays(30), settings.MaxAge);
        Assert.Equal(8, settings.RequestsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Timeout);
        Assert.Equal([5, 30, 120, 600], settings.WaitFor.Select(d => d.TotalSeconds));
        Assert.Equal([5, 30, 120, 600, 3600, 10800], settings.Retry.Select(d => d.TotalSeconds));
    }

    [Fact]
    public void Every_setting_can_be_changed()
    {
        var settings = Read(
            ("ApiKey", Key), ("BaseAddress", "http://127.0.0.1:8080/api"), ("Record", "lead"), ("Events", "1, 16 ,999"), ("CabinetId", "67054"),
            ("TimeZone", "Asia/Almaty"), ("MaxAge", "7.00:00:00"), ("RequestsPerSecond", "0.5"), ("Timeout", "00:00:02"),
            ("WaitFor", "00:00:01"), ("Retry", "00:00:01,00:00:02"));

        Assert.Empty(_errors);
        Assert.Equal(new Uri("http://127.0.0.1:8080/api/"), settings.BaseAddress);
        Assert.Equal(RecordKind.Lead, settings.Record);
        Assert.Equal([1, 16, 999], settings.Events.Order());
        Assert.Equal("67054", settings.CabinetId);
        Assert.Equal("Asia/Almaty", settings.TimeZone.Id);
        Assert.Equal(TimeSpan.FromDays(7), settings.MaxAge);
        Assert.Equal(0.5, settings.RequestsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Timeout);
        Assert.Single(settings.WaitFor);
        Assert.Equal(2, settings.Retry.Count);
    }

    [Fact]
    public void All_errors_are_told_at_once_each_with_its_key()
    {
        Read(
            ("BaseAddress", "http://example.test"), ("Record", "both"), ("Events", "1,x,3"), ("TimeZone", "Mars/Olympus"), ("MaxAge", "month"),
            ("RequestsPerSecond", "0"), ("Timeout", "01:00:00"), ("WaitFor", "5"), ("Retry", "soon"), ("ApiKye", Key));

        string[] expected =
        [
            "ApiKey: is missing", "BaseAddress: must be an https address", "Record: 'both' is not one of", "Events: 'x' is not an event type",
            "Events: 3 is a client event", "TimeZone: 'Mars/Olympus'", "MaxAge: 'month'", "RequestsPerSecond: '0'", "Timeout: '01:00:00'",
            "WaitFor: '5'", "Retry: 'soon'", "ApiKye: is not a setting. Did you mean 'ApiKey'?",
        ];
        Assert.All(expected, text => Assert.Contains(_errors, e => e.StartsWith("Pipelines:main:Uon:" + text, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, _errors.Count);
    }

    [Fact]
    public void The_key_is_not_in_its_text() => Assert.DoesNotContain(Key, Read(("ApiKey", Key)).ToString(), StringComparison.Ordinal);

    private UonSettings Read(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create("Pipelines:main:Uon:" + v.Key, (string?)v.Value)))
            .Build();
        return UonSettings.Read(new SettingsReader(configuration.GetSection("Pipelines:main:Uon"), _errors));
    }
}
