using System.Text.Json;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>One file of parameters serves azd in a shell and the workflow.</summary>
public sealed partial class ParameterFileTests(ParameterFileTests.Files files) : IClassFixture<ParameterFileTests.Files>
{
    private const string Script = "eng/deployment-parameters.mjs";

    [Fact]
    public void The_file_gives_every_parameter_of_the_template_and_no_other() =>
        Assert.Equal(files.Declared.Keys.Order(StringComparer.Ordinal), files.Variables.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_parameter_has_its_default_in_the_template_only()
    {
        // azd leaves a parameter out whose variable is unset. A default here would be a second one.
        Assert.All(files.Variables.Values, value => Assert.Matches(@"^\$\{[A-Z_]+\}$", value));
        Assert.Equal(files.Variables.Count, files.Variables.Values.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Only_what_nobody_can_guess_has_no_default() =>
        Assert.Equal(["environmentName", "location"], files.Declared.Where(p => !p.Value.TryGetProperty("defaultValue", out _)).Select(p => p.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Who_deploys_may_be_a_service_principal() => Assert.Equal("${AZURE_PRINCIPAL_TYPE}", files.Variables["operatorPrincipalType"]);

    [Fact]
    public void The_workflow_gives_every_variable_that_is_no_secret()
    {
        var workflow = Repository.Read(".github/workflows/deploy.yml");
        var given = RepositoryVariable().Matches(workflow).Select(m => m.Groups["name"].Value).ToList();

        var wanted = files.Variables.Where(v => !files.Declared[v.Key].GetProperty("type").GetString()!.StartsWith("secure", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(wanted.Select(v => v.Value[2..^1]).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
        // Both jobs fill the same file in the same way.
        Assert.Equal(2, Regex.Count(workflow, Regex.Escape($"node {Script} infra/main.parameters.json template.json")));
        Assert.DoesNotContain("--parameters environmentName", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_has_its_place_in_the_deployment_page()
    {
        var page = Repository.Read("docs/deploy.md");
        string[] azds = ["AZURE_ENV_NAME", "AZURE_LOCATION"];

        Assert.All(files.Variables.Values.Select(v => v[2..^1]).Except(azds, StringComparer.Ordinal), name => Assert.Contains(name, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Variables_become_values_of_the_declared_types()
    {
        var (output, complaints, exitCode) = await FillAsync(new(StringComparer.Ordinal)
        {
            ["AZURE_ENV_NAME"] = "prod",
            ["AZURE_LOCATION"] = "westeurope",
            ["OFFERUM_FLOW"] = "1234",
            ["POSTBACKS"] = "true",
            ["QUIET_HOURS"] = "6",
            ["APP_SETTINGS"] = """{"Pipelines__main__Offerum__Country":"RU"}""",
            ["VAULT_VALUES"] = """{"a-secret":"0"}""",
            ["ALERT_EMAIL"] = "",
        });

        Assert.Equal("", complaints);
        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(output);
        var values = json.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("value"), StringComparer.Ordinal);
        Assert.Equal(["environmentName", "location", "offerumFlow", "postbacks", "quietHours", "settings", "vaultValues"], values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("1234", values["offerumFlow"].GetString());
        Assert.True(values["postbacks"].GetBoolean());
        Assert.Equal(6, values["quietHours"].GetInt32());
        Assert.Equal("RU", values["settings"].GetProperty("Pipelines__main__Offerum__Country").GetString());
    }

    [Fact]
    public async Task Variables_that_cannot_be_used_are_named_all_at_once()
    {
        var (output, complaints, exitCode) = await FillAsync(new(StringComparer.Ordinal)
        {
            ["AZURE_LOCATION"] = "westeurope",
            ["POSTBACKS"] = "ja",
            ["QUIET_HOURS"] = "six",
            ["APP_SETTINGS"] = "[1]",
        });

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Equal(
            ["APP_SETTINGS: is no object (settings).", "AZURE_ENV_NAME: is missing (environmentName).", "POSTBACKS: is no bool (postbacks).", "QUIET_HOURS: is no int (quietHours)."],
            complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private Task<(string Output, string Complaints, int ExitCode)> FillAsync(Dictionary<string, string> environment)
    {
        foreach (var variable in files.Variables.Values.Select(v => v[2..^1]))
        {
            environment.TryAdd(variable, "");
        }

        return Repository.RunAsync("node", [Script, "infra/main.parameters.json", files.TemplatePath], environment: environment);
    }

    [GeneratedRegex(@"^  (?<name>[A-Z_]+): \$\{\{ vars\.\k<name> \}\}$", RegexOptions.Multiline)]
    private static partial Regex RepositoryVariable();

    public sealed class Files : IAsyncLifetime
    {
        internal string TemplatePath { get; } = Path.GetTempFileName();

        internal IReadOnlyDictionary<string, JsonElement> Declared { get; private set; } = null!;

        /// <summary>The value as it stands in the file, by parameter.</summary>
        internal IReadOnlyDictionary<string, string> Variables { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var template = await Repository.Template.Value;
            await File.WriteAllTextAsync(TemplatePath, template, TestContext.Current.CancellationToken);
            using var compiled = JsonDocument.Parse(template);
            Declared = compiled.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
            using var file = JsonDocument.Parse(Repository.Read("infra/main.parameters.json"));
            Variables = file.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("value").GetString()!, StringComparer.Ordinal);
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(TemplatePath);
            return ValueTask.CompletedTask;
        }
    }
}
