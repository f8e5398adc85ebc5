using CsCheck;
using Microsoft.Extensions.Configuration;
using UonOfferum.OfferumSenderFunction;
using UonOfferum.Shared.Configuration;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class PipelineReaderTests
{
    [Fact]
    public void The_least_settings_make_a_pipeline_with_the_defaults()
    {
        var pipeline = TestPipelines.One();

        Assert.Equal("main", pipeline.Name);
        Assert.Equal([TestPipelines.WebhookSecret], pipeline.WebhookSecrets);
        Assert.Empty(pipeline.PostbackSecrets);
        Assert.Empty(pipeline.Filter);
        Assert.Equal(TimeSpan.FromDays(2), pipeline.ReconcileWindow);
        Assert.Equal("RU", pipeline.PhoneRegion);
        Assert.Equal(25, pipeline.Fields.Names.Count);
        Assert.Equal(TestPipelines.UonKey, pipeline.Get<UonSettings>().ApiKey);
        Assert.Equal("zkVz", pipeline.Get<OfferumSettings>().Flow);
    }

    [Fact]
    public void Two_secrets_are_valid_while_one_is_replaced() =>
        Assert.Equal(
            ["0123456789abcdef-old", "0123456789abcdef-new"],
            TestPipelines.One(("Webhook:Secret", "0123456789abcdef-old, 0123456789abcdef-new")).WebhookSecrets);

    [Theory]
    [InlineData("0", "00:00:00")]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("23:59:59", "23:59:59")]
    [InlineData("31.00:00:00", "31.00:00:00")]
    public void The_window_of_the_reconcile_may_be_set_and_turned_off(string text, string expected) =>
        Assert.Equal(expected, TestPipelines.One(("Reconcile:Window", text)).ReconcileWindow.ToString("c"));

    [Fact]
    public void The_country_of_the_orders_is_the_one_whose_local_phones_are_read() =>
        Assert.Equal("KZ", TestPipelines.One(("Offerum:Country", "kz")).PhoneRegion);

    [Fact]
    public void Several_pipelines_stand_side_by_side() =>
        Assert.Equal(
            ["agency-2", "main"],
            TestPipelines.Read([.. TestPipelines.Whole("main"), .. TestPipelines.Whole("agency-2")]).All.Select(p => p.Name).Order());

    [Theory]
    [InlineData("Webhook:Secret", "", "Pipelines:main:Webhook:Secret: is missing.", "openssl rand -hex 24")]
    [InlineData("Webhook:Secret", "short", "Pipelines:main:Webhook:Secret: is shorter than 16 characters.", "openssl rand -hex 24")]
    [InlineData("Webhook:Secret", "0123456789abcdef,short", "Pipelines:main:Webhook:Secret: is shorter than 16 characters.", "openssl rand -hex 24")]
    [InlineData("Webhook:Secret", "0123456789abcdef1,0123456789abcdef2,0123456789abcdef3", "Pipelines:main:Webhook:Secret: has 3 values.", "At most two may be valid")]
    [InlineData("Webhook:Secret", "0123456789abcdef/x", "Pipelines:main:Webhook:Secret: is part of an address", "use only letters")]
    [InlineData("Postback:Secret", "short", "Pipelines:main:Postback:Secret: is shorter than 16 characters.", "openssl rand -hex 24")]
    [InlineData("Reconcile:Window", "32.00:00:00", "Pipelines:main:Reconcile:Window: '32.00:00:00' is not a duration between 00:00:00 and 31.00:00:00.", "2.00:00:00")]
    [InlineData("Uon:ApiKey", "", "Pipelines:main:Uon:ApiKey: is missing.", "Copy it from the U-ON cabinet")]
    [InlineData("Offerum:Flow", "", "Pipelines:main:Offerum:Flow: is missing.", "Copy the flow's code")]
    [InlineData("Fields:phone", "[\"request\"][", "Pipelines:main:Fields:phone: ", "[\"request\"][")]
    [InlineData("Fields:мой телефон", "[\"record\"]", "Pipelines:main:Fields:мой телефон: is not a field name.", "Use 1 to 60")]
    [InlineData("Fields:phone:0", "[\"record\"]", "Pipelines:main:Fields:phone: is a list or a group", "commas")]
    [InlineData("Uon:Events:0", "1", "Pipelines:main:Uon:Events: is a list or a group", "commas")]
    [InlineData("Filter", "status_id=1", "Pipelines:main:Filter: is a group of settings", "Move its settings below it")]
    [InlineData("Postback", "a-secret-that-is-misplaced", "Pipelines:main:Postback: is a group of settings", "Move its settings below it")]
    [InlineData("Ofefrum:Flow", "x", "Pipelines:main:Ofefrum: is not a setting. Did you mean 'Offerum'?", "Known here: Fields, Filter, Offerum, Postback, Reconcile, Uon, Webhook.")]
    [InlineData("Webhook:Sercet", "x", "Pipelines:main:Webhook:Sercet: is not a setting. Did you mean 'Secret'?", "Known here: Secret.")]
    [InlineData("Reconcile:Windows", "x", "Pipelines:main:Reconcile:Windows: is not a setting. Did you mean 'Window'?", "Known here: From, Window.")]
    public void A_setting_that_cannot_be_used_is_named_once_with_the_remedy(string key, string value, string expected, string remedy)
    {
        var error = Assert.Single(TestPipelines.Errors((key, value)));

        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Main")]
    [InlineData("агентство")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("a123456789a123456789a123456789a1234567890")]
    public void A_pipeline_is_named_so_that_it_can_stand_in_a_key(string name) =>
        Assert.Equal(
            $"Pipelines:{name}: '{name}' is not a pipeline name. Use 1 to 40 of a-z, 0-9 and '-'.",
            Assert.Single(TestPipelines.ErrorsOf(TestPipelines.Whole(name))));

    [Fact]
    public void Without_any_pipeline_the_app_starts_and_the_first_is_made_on_the_page()
    {
        var catalog = TestPipelines.Read([]);

        Assert.Empty(catalog.All);
        Assert.Empty(catalog.Invalid);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("OFF")]
    public void The_switch_of_the_editor_is_no_pipeline(string value) =>
        Assert.Equal(["main"], TestPipelines.Read([.. TestPipelines.Whole("main"), ("Pipelines:Editing", value)]).Names);

    [Fact]
    public void A_problem_names_its_place_below_the_pipeline_its_code_and_the_remedy()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Pipelines:main:Uon:Timeout", (string?)"soon"), KeyValuePair.Create("Pipelines:main:Filter:0:Field", (string?)"stauts")])
            .Build();

        var reading = PipelineReader.Read(configuration.GetSection("Pipelines:main"), [new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader))], PipelineOrigin.Code);

        Assert.Equal(reading.Errors.Count, reading.Problems.Count);
        var missing = Assert.Single(reading.Problems, p => p.Key == "Uon:ApiKey");
        Assert.Equal((ProblemCodes.Missing, "is missing."), (missing.Code, missing.Message));
        Assert.StartsWith("Copy it from the U-ON cabinet", missing.Remedy, StringComparison.Ordinal);
        Assert.Equal(ProblemCodes.Duration, Assert.Single(reading.Problems, p => p.Key == "Uon:Timeout").Code);
        Assert.Contains(reading.Problems, p => p is { Key: "Filter:0:Field", Code: ProblemCodes.Filter });
        Assert.All(reading.Problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Fact]
    public void Every_error_is_told_at_once_and_in_one_message()
    {
        var thrown = Assert.Throws<PipelineConfigurationException>(() => TestPipelines.Read(
        [
            .. TestPipelines.Under("main", [("Uon:Timeout", "x"), ("Offerum:Uncertain", "x"), ("Filter:0:Field", "stauts"), ("Filter:0:In", "1")]),
            .. TestPipelines.Under("Second", [("Webhook:Secret", "short"), ("Colour", "red")]),
        ]));

        string[] expected =
        [
            "Pipelines:main:Webhook:Secret: is missing", "Pipelines:main:Uon:ApiKey: is missing", "Pipelines:main:Uon:Timeout: 'x'",
            "Pipelines:main:Offerum:ApiKey: is missing", "Pipelines:main:Offerum:Flow: is missing", "Pipelines:main:Offerum:Uncertain: 'x'",
            "Pipelines:main:Filter:0:Field: 'stauts'", "Pipelines:Second: 'Second'", "Pipelines:Second:Webhook:Secret: is shorter",
            "Pipelines:Second:Uon:ApiKey: is missing", "Pipelines:Second:Offerum:ApiKey: is missing", "Pipelines:Second:Offerum:Flow: is missing",
            "Pipelines:Second:Colour: is not a setting",
        ];
        Assert.All(expected, start => Assert.Single(thrown.Errors, e => e.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, thrown.Errors.Count);
        Assert.All(thrown.Errors, error => Assert.Contains(error, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wrong_with_one_pipeline_stops_only_that_one()
    {
        var catalog = TestPipelines.Read(
        [
            .. TestPipelines.Whole("main"), .. TestPipelines.Whole("second"), .. TestPipelines.Under("second", [("Uon:Timeout", "x"), ("Colour", "red")]),
        ]);

        Assert.Equal("main", Assert.Single(catalog.All).Name);
        var invalid = Assert.Single(catalog.Invalid);
        Assert.Equal("second", invalid.Name);
        Assert.Equal([TestPipelines.WebhookSecret], invalid.WebhookSecrets);
        Assert.Equal(2, invalid.Problems.Count);
        Assert.Contains(invalid.Problems, p => p.StartsWith("Pipelines:second:Uon:Timeout", StringComparison.Ordinal));
        Assert.True(catalog.TryFindInvalid("second", out _));
        Assert.False(catalog.TryFind("second", out _));
        Assert.Equal(["main", "second"], catalog.Names);
        Assert.DoesNotContain(TestPipelines.WebhookSecret, invalid.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_could_be_guessed_opens_nothing_of_an_invalid_pipeline()
    {
        var catalog = TestPipelines.Read(
            [.. TestPipelines.Whole("main"), .. TestPipelines.Whole("second"), .. TestPipelines.Under("second", [("Webhook:Secret", "short,0123456789abcdef")])]);

        Assert.Equal(["0123456789abcdef"], Assert.Single(catalog.Invalid).WebhookSecrets);
    }

    [Fact]
    public void A_name_that_cannot_stand_in_a_key_is_told_and_stands_in_none()
    {
        var catalog = TestPipelines.Read([.. TestPipelines.Whole("main"), .. TestPipelines.Whole("Main Office")]);

        Assert.Equal("Main Office", Assert.Single(catalog.Invalid).Name);
        Assert.Equal(["main"], catalog.Names);
    }

    [Fact]
    public void Problems_that_belong_to_no_pipeline_stop_them_all()
    {
        var thrown = Assert.Throws<PipelineConfigurationException>(() => TestPipelines.Read(TestPipelines.Whole("main"), "Journal:IndexKey: is missing."));

        Assert.Equal("Journal:IndexKey: is missing.", Assert.Single(thrown.Errors));
    }

    [Fact]
    public void Problems_found_elsewhere_are_told_together_with_those_found_here()
    {
        var thrown = Assert.Throws<PipelineConfigurationException>(() =>
            PipelineReader.Read(new ConfigurationBuilder().Build(), ["Journal:IndexKey: is missing."], []));

        Assert.Equal("Journal:IndexKey: is missing.", Assert.Single(thrown.Errors));
    }

    [Fact]
    public void No_error_shows_a_secret()
    {
        var places = Gen.OneOf(
            "Webhook:Secret", "Postback:Secret", "Uon:ApiKey", "Offerum:ApiKey", "Webhook", "Postback", "Uon", "Offerum", "Webhook:Secret:0", "Uon:ApiKey:0");
        var secrets = Gen.OneOf("hush", "hush-hush/hush-hush", "hush hush hush hush hush", "hush-0123456789abcdef,hush,hush-0123456789abcdef");

        Gen.Select(places, secrets).Sample(
            (place, secret) => Assert.All(
                TestPipelines.Errors((place, secret), ("Uon:Timeout", "x")),
                error => Assert.DoesNotContain("hush", error, StringComparison.Ordinal)),
            iter: 60);
    }
}
