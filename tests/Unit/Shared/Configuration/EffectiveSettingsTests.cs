namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class EffectiveSettingsTests
{
    [Fact]
    public void Every_setting_is_told_once_with_what_it_came_to()
    {
        var settings = TestPipelines.One(("Uon:MaxAge", "7.00:00:00"), ("Offerum:Form:phone", ""), ("Fields:tour", "[\"record\"][0][\"tour\"]")).Settings;

        Assert.Equal(settings.Count, settings.Select(s => s.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var byKey = settings.ToDictionary(s => s.Key, StringComparer.Ordinal);
        Assert.Equal(("7.00:00:00", false), (byKey["Uon:MaxAge"].Value, byKey["Uon:MaxAge"].IsDefault));
        Assert.Equal(("1,2", true), (byKey["Uon:Events"].Value, byKey["Uon:Events"].IsDefault));
        Assert.Equal(("auto", true), (byKey["Offerum:Country"].Value, byKey["Offerum:Country"].IsDefault));
        Assert.Equal("", byKey["Offerum:Form:phone"].Value);
        Assert.Equal(("[\"record\"][0][\"tour\"]", false), (byKey["Fields:tour"].Value, byKey["Fields:tour"].IsDefault));
    }

    [Fact]
    public void Secrets_are_masked_and_a_missing_one_is_seen_to_be_missing()
    {
        var settings = TestPipelines.One().Settings.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);

        Assert.Equal("•••", settings["Webhook:Secret"]);
        Assert.Equal("•••", settings["Uon:ApiKey"]);
        Assert.Equal("•••", settings["Offerum:ApiKey"]);
        Assert.Equal("", settings["Postback:Secret"]);
        Assert.DoesNotContain(settings.Values, value => value.Contains(TestPipelines.UonKey, StringComparison.Ordinal) || value.Contains(TestPipelines.WebhookSecret, StringComparison.Ordinal));
    }
}
