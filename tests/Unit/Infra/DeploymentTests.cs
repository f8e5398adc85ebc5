using System.Text.Json;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>What deployments with all, with few and with other options would make.</summary>
public sealed partial class DeploymentTests(DeploymentTests.Made made) : IClassFixture<DeploymentTests.Made>
{
    /// <summary>Flex Consumption sets the others itself, or refuses them.</summary>
    private static readonly string[] PlatformSettings = ["WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"];

    /// <summary>What Azure Monitor has for an app on Flex Consumption. There is no Http5xx: an alert on it fails the deployment.</summary>
    private static readonly string[] FlexMetrics =
    [
        "AlwaysReadyFunctionExecutionCount", "AlwaysReadyFunctionExecutionUnits", "AlwaysReadyUnits", "AverageMemoryWorkingSet", "CpuPercentage",
        "InstanceCount", "MemoryWorkingSet", "OnDemandFunctionExecutionCount", "OnDemandFunctionExecutionUnits",
    ];

    [Fact]
    public void App_settings_have_names_that_Linux_and_Flex_Consumption_take() =>
        Assert.All(made.All, deployment => Assert.Equal([], RefusedNames(deployment.AppSettings.Keys)));

    [Theory]
    [InlineData("Pipelines__agency-2__Uon__ApiKey")]
    [InlineData("AzureWebJobs.SendOrder.Disabled")]
    [InlineData("Journal:IndexKey")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("FUNCTIONS_EXTENSION_VERSION")]
    [InlineData("WEBSITE_RUN_FROM_PACKAGE")]
    [InlineData("WEBSITE_CONTENTSHARE")]
    public void A_name_that_is_not_taken_is_found(string name) => Assert.Equal([name], RefusedNames([name]));

    [Fact]
    public void The_documentation_names_app_settings_that_Linux_takes() =>
        Assert.All(
            Repository.Files("docs", "*.md").Append(Path.Combine(Repository.Root, "README.md")),
            file => Assert.DoesNotContain("AzureWebJobs.", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void The_app_starts_with_the_settings_that_it_is_deployed_with()
    {
        Assert.Equal(["main"], AppStart.Pipelines(made.Least.AppSettings));
        Assert.Equal(["main"], AppStart.Pipelines(made.AllOptions.AppSettings));
        Assert.Equal(["agency2"], AppStart.Pipelines(made.WithoutOfferum.AppSettings));
    }

    [Fact]
    public void Only_functions_of_unused_destinations_are_switched_off()
    {
        string[] offerum = ["SendOrder", "RecordOfferumFailure"];
        string[] http = ["SendHttpOrder", "RecordHttpFailure"];
        string[] telegram = ["SendTelegramMessage", "RecordTelegramFailure"];
        string[] max = ["SendMaxMessage", "RecordMaxFailure"];
        var all = Triggers.QueueFunctions.Except(["EnrichRecord", "RecordUonFailure", "UpdateUonRecord", "RecordUonUpdateFailure"], StringComparer.Ordinal).ToList();

        Assert.Equal(all.Except(offerum, StringComparer.Ordinal), SwitchedOff(made.Least));
        Assert.Equal(all.Except(telegram, StringComparer.Ordinal), SwitchedOff(made.WithoutOfferum));
        // Bitrix and Amo are named for pipelines that are made later.
        Assert.Equal(http.Concat(max).Order(StringComparer.Ordinal), SwitchedOff(made.AllOptions));

        static IEnumerable<string> SwitchedOff(Deployment deployment) => deployment.AppSettings
            .Where(s => s.Key.StartsWith("AzureWebJobs__", StringComparison.Ordinal) && s.Value == "true")
            .Select(s => s.Key.Split("__")[1])
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Instances_are_capped_as_usual_and_get_no_share_of_a_limit()
    {
        var scale = made.Least.OfType("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency");

        Assert.Equal(100, scale.GetProperty("maximumInstanceCount").GetInt32());
        Assert.All(made.All, deployment => Assert.DoesNotContain(deployment.AppSettings.Keys, key => key.EndsWith("RequestsPerSecond", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_app_s_own_metrics_are_stored()
    {
        var rule = Assert.Single(made.Least.OfType("Microsoft.Insights/dataCollectionRules"));
        var flow = Assert.Single(rule.GetProperty("properties").GetProperty("dataFlows").EnumerateArray());

        Assert.Equal("WorkspaceTransforms", rule.GetProperty("kind").GetString());
        Assert.Equal("Microsoft-Table-AppMetrics", Assert.Single(flow.GetProperty("streams").EnumerateArray()).GetString());
        Assert.Equal("source | where Name startswith \"uonofferum.\"", flow.GetProperty("transformKql").GetString());
        Assert.All(Emitted.All.Metrics.Keys, name => Assert.StartsWith("uonofferum.", name, StringComparison.Ordinal));
        // The workspace is declared again with the rule, after it.
        Assert.Equal(
            ["", rule.GetProperty("id").GetString()],
            made.Least.OfType("Microsoft.OperationalInsights/workspaces").Select(w => w.GetProperty("properties").GetProperty("defaultDataCollectionRuleResourceId").GetString() ?? ""));
    }

    [Fact]
    public void Every_secret_is_a_reference_to_one_that_the_vault_gets()
    {
        Assert.Equal("vault:journal-index-key", made.AllOptions.AppSettings["Journal__IndexKey"]);
        Assert.Equal("vault:main-webhook-secret", made.AllOptions.AppSettings["Pipelines__main__Webhook__Secret"]);
        Assert.Equal("vault:main-postback-secret", made.AllOptions.AppSettings["Pipelines__main__Postback__Secret"]);
        Assert.Equal("vault:main-uon-api-key", made.AllOptions.AppSettings["Pipelines__main__Uon__ApiKey"]);
        Assert.Equal("vault:main-offerum-api-key", made.AllOptions.AppSettings["Pipelines__main__Offerum__ApiKey"]);
        Assert.Equal("vault:main-telegram-bot-token", made.AllOptions.AppSettings["Pipelines__main__Telegram__BotToken"]);
        Assert.Equal("vault:alerts-email-password", made.AllOptions.AppSettings["Alerts__Email__Password"]);
        Assert.All(made.All, deployment => Assert.Subset(
            deployment.Secrets.ToHashSet(StringComparer.Ordinal),
            deployment.AppSettings.Values.Where(v => v.StartsWith("vault:", StringComparison.Ordinal)).Select(v => v["vault:".Length..]).ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_deployment_page_has_every_secret_of_destinations_and_alerts()
    {
        var page = Repository.Read("docs/deploy.md");
        var asked = Directory.EnumerateFiles(Repository.Root, "*Settings.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar) is [var top, ..] && (top == "Destinations" || top.EndsWith("Function", StringComparison.Ordinal)))
            .SelectMany(file => SecretKey().Matches(File.ReadAllText(file)).Select(m => m.Groups["key"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "BotToken", "Webhook", "Token", "ApiKey", "RefreshToken", "Password" }, asked);
        Assert.All(asked, key => Assert.Matches($"__{key}`", page));
    }

    [Fact]
    public void What_the_deployment_makes_up_is_made_once()
    {
        string[] once = ["journal-index-key", "main-postback-secret", "main-webhook-secret"];
        var secrets = made.AllOptions.OfType("Microsoft.KeyVault/vaults/secrets")
            .Where(s => s.GetProperty("properties").GetProperty("value").GetString() == "[newGuid()]");

        Assert.Equal(once, secrets.Select(s => s.GetProperty("name").GetString()!.Split('/')[1]).Order(StringComparer.Ordinal));
        // The snapshot does not tell the option; the compiled template does.
        Assert.Equal(once.Length, OnlyOnce().Count(made.Template));
        Assert.All(OnlyOnce().Matches(made.Template).Select(m => m.Groups["type"].Value), type => Assert.Equal("Microsoft.KeyVault/vaults/secrets", type));
    }

    [Fact]
    public void Without_Offerum_nothing_of_it_is_asked_for()
    {
        // What is switched off is named, too.
        Assert.DoesNotContain(made.WithoutOfferum.AppSettings.Keys, name => name.Contains("Offerum", StringComparison.Ordinal) && !name.StartsWith("AzureWebJobs__", StringComparison.Ordinal));
        Assert.Equal("-1001234567", made.WithoutOfferum.AppSettings["Pipelines__agency2__Telegram__ChatId"]);
    }

    [SlowTheory]
    [InlineData("param environmentName = 'test'\nparam location = 'westeurope'\nparam codePipeline = true", "offerumFlow: is missing.")]
    [InlineData(Deployment.LeastParameters + "\nparam pipelineName = 'agency-2'", "pipelineName: use lower-case letters and digits only.")]
    [InlineData(Deployment.LeastParameters + "\nparam settings = { 'AzureWebJobs.SendOrder.Disabled': 'true' }", "Wrong: AzureWebJobs.SendOrder.Disabled")]
    [InlineData(Deployment.LeastParameters + "\nparam destinations = 'Telegram,Fax'", "Unknown: fax")]
    [InlineData("param environmentName = 'test'\nparam location = 'marscentral'\nparam offerumFlow = 'zkVz'", "'marscentral'")]
    public async Task What_would_fail_later_is_refused_with_the_remedy(string parameters, string complaint) =>
        Assert.Contains(complaint, await Deployment.RefusalAsync(parameters), StringComparison.Ordinal);

    [Fact]
    public async Task Without_any_key_the_first_pipeline_is_made_on_the_page()
    {
        var nothing = await Deployment.OfAsync("using 'main.bicep'\nparam environmentName = 'test'\nparam location = 'westeurope'");

        Assert.Empty(AppStart.Pipelines(nothing.AppSettings));
        Assert.Equal("on", nothing.AppSettings["Pipelines__Editing"]);
        Assert.Contains("Editing__VaultUri", nothing.AppSettings.Keys);
        Assert.DoesNotContain("main-webhook-secret", nothing.Secrets);
        Assert.Contains("main-webhook-secret", made.Least.Secrets);
        Assert.DoesNotContain("AzureWebJobs__SendOrder__Disabled", nothing.AppSettings.Keys);
    }

    [Fact]
    public async Task Where_editing_is_off_the_app_may_set_no_secret()
    {
        var locked = await Deployment.OfAsync($"using 'main.bicep'\n{Deployment.LeastParameters}\nparam editing = false");

        Assert.Equal("off", locked.AppSettings["Pipelines__Editing"]);
        Assert.DoesNotContain("Editing__VaultUri", locked.AppSettings.Keys);
        Assert.Empty(locked.OfType("Microsoft.Authorization/roleDefinitions"));
        Assert.Single(made.Least.OfType("Microsoft.Authorization/roleDefinitions"));
    }

    [Fact]
    public void The_lock_and_the_operators_roles_are_options()
    {
        Assert.Single(made.AllOptions.OfType("Microsoft.Authorization/locks"));
        Assert.Empty(made.WithoutOfferum.OfType("Microsoft.Authorization/locks"));
        // Three of storage, one of telemetry, two of the vault for the app; two of storage, one of the vault for an operator.
        Assert.Equal(6, made.WithoutOfferum.OfType("Microsoft.Authorization/roleAssignments").Count());
        var given = made.AllOptions.OfType("Microsoft.Authorization/roleAssignments").Select(r => r.GetProperty("properties")).ToList();
        Assert.Equal(9, given.Count);
        var operators = given.Where(p => p.GetProperty("principalId").GetString() == "00000000-0000-0000-0000-000000000002").ToList();
        Assert.Equal(3, operators.Count);
        Assert.All(operators, p => Assert.Equal("Group", p.GetProperty("principalType").GetString()));
    }

    [Fact]
    public void No_alert_stands_on_a_metric_that_Flex_Consumption_does_not_have() =>
        Assert.All(made.All, deployment => Assert.Equal([], UnknownMetrics(deployment.OfType("Microsoft.Insights/metricAlerts"))));

    [Fact]
    public void Such_an_alert_is_found()
    {
        using var planted = JsonDocument.Parse("""
            { "properties": { "criteria": { "allOf": [
              { "metricNamespace": "Microsoft.Web/sites", "metricName": "Http5xx" },
              { "metricNamespace": "Microsoft.Web/sites", "metricName": "InstanceCount" } ] } } }
            """);

        Assert.Equal(["Http5xx"], UnknownMetrics([planted.RootElement]));
    }

    [Fact]
    public void The_page_of_costs_counts_what_is_deployed()
    {
        var page = Repository.Read("docs/operations.md");
        var runs = Triggers.TimerRunsOfAMonth;

        Assert.Contains(FormattableString.Invariant($"| {Triggers.Timers.Count} timer: {runs:N0} executions of at least 1 s × 2 GB = {2 * runs:N0} GB-s;"), page, StringComparison.Ordinal);
        Assert.True(3 * runs <= 314_640, "An idle month costs at most a third of what eight timers cost.");
        var used = Triggers.Queues.Count - made.Least.AppSettings.Count(s => s.Key.StartsWith("AzureWebJobs__", StringComparison.Ordinal) && s.Value == "true");
        Assert.Contains(FormattableString.Invariant($": {used} of the app's {Triggers.Queues.Count} queues |"), page, StringComparison.Ordinal);
        var rules = made.Least.OfType("Microsoft.Insights/scheduledQueryRules").Count();
        Assert.Contains(FormattableString.Invariant($"| alert rules on logs, evaluated every 5 to 60 minutes | {rules} rules | {rules} rules |"), page, StringComparison.Ordinal);
        var endpoints = made.AllOptions.OfType("Microsoft.Network/privateEndpoints").Count();
        Assert.Contains(FormattableString.Invariant($"| {endpoints} endpoints and zones |"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_regions_are_a_list_that_azd_offers()
    {
        using var template = JsonDocument.Parse(made.Template);
        var location = template.RootElement.GetProperty("parameters").GetProperty("location");

        Assert.Equal("location", location.GetProperty("metadata").GetProperty("azd").GetProperty("type").GetString());
        var regions = location.GetProperty("allowedValues").EnumerateArray().Select(r => r.GetString()!).ToList();
        Assert.Contains("westeurope", regions);
        Assert.All(regions, region => Assert.Matches("^[a-z]+[0-9]?$", region));
        Assert.Equal(regions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), regions);
    }

    private static IEnumerable<string> RefusedNames(IEnumerable<string> names) => names.Where(name =>
        !SettingName().IsMatch(name)
        || (name.StartsWith("WEBSITE_", StringComparison.OrdinalIgnoreCase) && !PlatformSettings.Contains(name, StringComparer.Ordinal))
        || name.StartsWith("FUNCTIONS_", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> UnknownMetrics(IEnumerable<JsonElement> alerts) => alerts
        .SelectMany(alert => alert.GetProperty("properties").GetProperty("criteria").GetProperty("allOf").EnumerateArray())
        .Where(criterion => criterion.GetProperty("metricNamespace").GetString() == "Microsoft.Web/sites")
        .Select(criterion => criterion.GetProperty("metricName").GetString()!)
        .Except(FlexMetrics, StringComparer.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex SettingName();

    [GeneratedRegex("""
        (?:\.(?:OptionalSecret|Secret|Text|Required)\(|section\[)"(?<key>\w*(?:Token|Secret|ApiKey|Webhook|Password))"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SecretKey();

    [GeneratedRegex("""
        "@options":\s\{\s*"onlyIfNotExists":\s\[\]\s*\},\s*"type":\s"(?<type>[^"]+)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OnlyOnce();

    public sealed class Made : IAsyncLifetime
    {
        internal Deployment Least { get; private set; } = null!;

        internal Deployment AllOptions { get; private set; } = null!;

        internal Deployment WithoutOfferum { get; private set; } = null!;

        internal string Template { get; private set; } = "";

        internal IEnumerable<Deployment> All => [Least, AllOptions, WithoutOfferum];

        public async ValueTask InitializeAsync()
        {
            Least = await Deployment.Least.Value;
            AllOptions = await Deployment.AllOptions.Value;
            WithoutOfferum = await Deployment.WithoutOfferum.Value;
            Template = await Repository.Template.Value;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
