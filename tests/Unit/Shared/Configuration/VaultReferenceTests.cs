using Microsoft.Extensions.Configuration;
using UonOfferum.OperationsFunction.Alerts;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

/// <summary>The platform passes a reference that it cannot resolve to the app as it stands. It is long enough to pass for a secret.</summary>
public sealed class VaultReferenceTests
{
    private const string Unresolved = "@Microsoft.KeyVault(SecretUri=https://kv-invented.vault.azure.net/secrets/a-name)";

    [Theory]
    [InlineData("Webhook:Secret")]
    [InlineData("Postback:Secret")]
    [InlineData("Uon:ApiKey")]
    [InlineData("Uon:Timeout")]
    [InlineData("Uon:Events")]
    [InlineData("Uon:BaseAddress")]
    [InlineData("Offerum:ApiKey")]
    [InlineData("Offerum:Flow")]
    [InlineData("Offerum:Uncertain")]
    [InlineData("Offerum:Form:name")]
    [InlineData("Fields:phone")]
    [InlineData("Reconcile:Window")]
    [InlineData("Filter:only:In")]
    public void An_unresolved_reference_is_one_error_that_names_the_key(string key)
    {
        (string, string)[] rule = [("Filter:only:Field", "status_id"), ("Filter:only:NotIn", "9")];

        var errors = TestPipelines.Errors([.. rule, (key, Unresolved)]);

        Assert.StartsWith($"Pipelines:main:{key}: is a Key Vault reference that the platform could not resolve.", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@microsoft.keyvault(VaultName=kv;SecretName=s)")]
    [InlineData("  @Microsoft.KeyVault(SecretUri=x)")]
    [InlineData("@Microsoft.KeyVault(")]
    public void Every_way_to_write_a_reference_is_seen(string value) =>
        Assert.Contains("Key Vault reference", Assert.Single(TestPipelines.Errors(("Uon:ApiKey", value))), StringComparison.Ordinal);

    [Fact]
    public void An_unresolved_reference_opens_no_door()
    {
        var catalog = TestPipelines.Read(
            [.. TestPipelines.Whole("good"), .. TestPipelines.Under("bad", [("Webhook:Secret", Unresolved), ("Postback:Secret", Unresolved), ("Uon:ApiKey", "k"), ("Offerum:ApiKey", "k"), ("Offerum:Flow", "f")])]);

        Assert.True(catalog.TryFindInvalid("bad", out var bad));
        Assert.Empty(bad.WebhookSecrets);
        Assert.Empty(bad.PostbackSecrets);
        Assert.Equal(2, bad.Problems.Count);
        Assert.True(catalog.TryFind("good", out _));
    }

    /// <summary>The sender may have the right secret: it must come again instead of hearing that there is no such address.</summary>
    [Theory]
    [InlineData("Webhook:Secret", true)]
    [InlineData("Postback:Secret", true)]
    [InlineData("Uon:ApiKey", false)]
    public void An_unresolved_secret_of_an_address_sends_nobody_away(string key, bool isUnknown)
    {
        var catalog = TestPipelines.Read([.. TestPipelines.Whole("good"), .. TestPipelines.Whole("bad"), .. TestPipelines.Under("bad", [(key, Unresolved)])]);

        Assert.True(catalog.TryFindInvalid("bad", out var bad));
        Assert.Equal(isUnknown, bad.SecretsAreUnknown);
        Assert.Equal(isUnknown, RetryLater.Reason(catalog.Current, "bad", p => p.PostbackSecrets, "any-secret-of-a-sender") is not null);
    }

    [Theory]
    [InlineData("Journal:IndexKey")]
    [InlineData("Alerts:Email:Password")]
    [InlineData("Alerts:Telegram:Token")]
    [InlineData("Retention:PersonalData")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    public void A_host_wide_setting_is_named_likewise(string key) =>
        Assert.StartsWith($"{key}: is a Key Vault reference", Assert.Single(HostWide((key, Unresolved))), StringComparison.Ordinal);

    [Fact]
    public void What_two_readers_find_is_one_error()
    {
        string[] found = [.. HostWide(("Alerts:Silence", Unresolved)), .. AlertSettings.Problems(Configuration(("Alerts:Silence", Unresolved)))];

        Assert.Equal(2, found.Length);
        Assert.Equal(found[..1], Assert.Throws<PipelineConfigurationException>(() => PipelineReader.Read(Configuration(), found, [])).Errors);
    }

    [Fact]
    public void Platform_copies_and_pipeline_settings_are_no_host_wide_problem() =>
        Assert.Empty(HostWide(("APPSETTING_Pipelines__main__Uon__ApiKey", Unresolved), ("Pipelines:main:Uon:ApiKey", Unresolved), ("Journal:IndexKey", "0123456789abcdef")));

    [Fact]
    public void No_error_repeats_the_reference()
    {
        Assert.All(TestPipelines.Errors(("Webhook:Secret", Unresolved)), error => Assert.DoesNotContain("kv-invented", error, StringComparison.Ordinal));
        Assert.All(HostWide(("Journal:IndexKey", Unresolved)), error => Assert.DoesNotContain("kv-invented", error, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> HostWide(params (string Key, string Value)[] settings) =>
        [.. HostWideSettings.Problems(Configuration(settings))];

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
