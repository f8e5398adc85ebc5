using Microsoft.Extensions.Configuration;
using UonOfferum.OperationsFunction.Alerts;

namespace UonOfferum.Tests.Unit.OperationsFunction.Alerts;

public sealed class AlertSettingsTests
{
    [Fact]
    public void Without_settings_nobody_is_told_and_six_hours_are_silence()
    {
        var (settings, problems) = Read();

        Assert.Empty(problems);
        Assert.Null(settings.Email);
        Assert.Null(settings.Telegram);
        Assert.Null(settings.Max);
        Assert.Equal(TimeSpan.FromHours(6), settings.Silence);
        Assert.Equal(new TimeOnly(9, 0), settings.Daily);
    }

    [Fact]
    public void Everything_that_can_be_set_is_read()
    {
        var (settings, problems) = Read(
            ("Email:Smtp", "smtp.example.org:465"), ("Email:From", "a@example.org"), ("Email:To", "b@example.org, c@example.org"),
            ("Telegram:Token", "token"), ("Telegram:Chat", "-100,@channel"), ("Max:Token", "token"), ("Max:Chat", "-7,8"), ("Max:User", "9"), ("Silence", "1.00:00:00"), ("ConsoleUrl", "https://app.example.org/api/console"), ("Daily", "off"));

        Assert.Empty(problems);
        Assert.Equal(("smtp.example.org", 465), (settings.Email!.Host, settings.Email.Port));
        Assert.Equal(["b@example.org", "c@example.org"], settings.Email.To);
        Assert.Equal(["-100", "@channel"], settings.Telegram!.Chats);
        Assert.Equal("https://api.telegram.org/", settings.Telegram.BaseAddress.ToString());
        Assert.Equal(["chat_id=-7", "chat_id=8", "user_id=9"], settings.Max!.Recipients);
        Assert.Equal("https://platform-api2.max.ru/", settings.Max.BaseAddress.ToString());
        Assert.Equal(TimeSpan.FromDays(1), settings.Silence);
        Assert.Null(settings.Daily);
    }

    [Theory]
    [InlineData("Email:Smtp", "smtp.example.org:mail", "Alerts:Email:Smtp")]
    [InlineData("Email:To", "nobody at all", "Alerts:Email:To")]
    [InlineData("Telegram:Token", "token", "Alerts:Telegram:Chat")]
    [InlineData("Telegram:Chat", "1", "Alerts:Telegram:Token")]
    [InlineData("Telegram:BaseAddress", "http://example.org/", "Alerts:Telegram:BaseAddress")]
    [InlineData("Max:Token", "token", "Alerts:Max:Chat")]
    [InlineData("Max:Chat", "1", "Alerts:Max:Token")]
    [InlineData("Max:Chat", "@channel", "Alerts:Max:Chat")]
    [InlineData("Max:RootCertificate", "no-such.pem", "Alerts:Max:RootCertificate")]
    [InlineData("Silence", "6", "Alerts:Silence")]
    [InlineData("ConsoleUrl", "http://example.org/", "Alerts:ConsoleUrl")]
    [InlineData("Daily", "nine", "Alerts:Daily")]
    [InlineData("Daily:At", "09:00", "Alerts:Daily")]
    [InlineData("Language", "fr", "Alerts:Language")]
    public void What_cannot_be_used_is_named_with_its_key(string key, string value, string named) =>
        Assert.Contains(Read((key, value)).Problems, problem => problem.StartsWith(named + ":", StringComparison.Ordinal));

    private static (AlertSettings Settings, List<string> Problems) Read(params (string Key, string Value)[] settings)
    {
        var problems = new List<string>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Alerts:" + s.Key, (string?)s.Value))).Build();
        return (AlertSettings.Read(configuration, problems), problems);
    }
}
