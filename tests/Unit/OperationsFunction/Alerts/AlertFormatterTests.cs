using System.Reflection;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.OperationsFunction.Alerts;

public sealed class AlertFormatterTests
{
    [Theory]
    [InlineData("ru", "⛔ main: Offerum — работа приостановлена", "Причина: offerum-denied. Offerum не принимает ключ")]
    [InlineData("en", "⛔ main: Offerum is on hold", "Cause: offerum-denied. Offerum rejects the key")]
    public void An_alert_speaks_the_language_of_the_settings(string language, string subject, string text)
    {
        var message = new AlertFormatter(new AlertSettings { Language = language }).Begun(new AlertCause(AlertKind.Held, "main", "offerum", "offerum-denied", 0, false, Some.Now));

        Assert.Equal(subject, message.Subject);
        Assert.StartsWith(text, message.Text);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public void Every_error_code_has_a_remedy(string language)
    {
        var texts = new AlertTexts(language);
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)
            .Concat([ErrorCodes.Denied("telegram"), ErrorCodes.Unavailable("bitrix"), ErrorCodes.Rejected("amo"), ErrorCodes.Unconfirmed("http"), ErrorCodes.Denied("offerum")]);

        Assert.DoesNotContain(codes, code => texts.Remedy(code).Length == 0);
        Assert.Equal("", texts.Remedy("out-of-ink"));
    }

    [Fact]
    public void Both_languages_are_there() => Assert.All(EmbeddedTexts.Languages, language => Assert.NotEmpty(EmbeddedTexts.Read("alerts", language)));
}
