using System.Text.Json;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>What the compiled deployment says, whatever the files it comes from look like.</summary>
public sealed class TemplateTests(TemplateTests.Compiled compiled) : IClassFixture<TemplateTests.Compiled>
{
    /// <summary>The roles the app's identity and an operator get, by what they let do. A new one needs a reason here and in infra/.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-0fb855dd0fb2"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["19e7f393-937e-4f77-808e-94535e297925"] = "Storage Queue Data Reader",
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = "Storage Table Data Reader",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
    };

    [Fact]
    public async Task The_linter_has_nothing_to_say()
    {
        // Templates and files of parameters, but not the linter's own configuration.
        var (output, complaints, exitCode) = await Repository.BicepAsync("lint", "--pattern", "**/*.bicep*");

        Assert.Equal("", output + complaints);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void Storage_takes_no_key_no_anonymous_reader_and_no_old_TLS()
    {
        var account = Assert.Single(compiled.OfType("Microsoft.Storage/storageAccounts")).GetProperty("properties");

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
        Assert.All(
            compiled.OfType("Microsoft.Storage/storageAccounts/blobServices/containers"),
            c => Assert.Equal("None", c.GetProperty("properties").GetProperty("publicAccess").GetString()));
    }

    [Fact]
    public void The_app_speaks_HTTPS_only_and_is_published_to_without_passwords()
    {
        var app = Assert.Single(compiled.OfType("Microsoft.Web/sites")).GetProperty("properties");

        Assert.True(app.GetProperty("httpsOnly").GetBoolean());
        Assert.Equal("1.2", app.GetProperty("siteConfig").GetProperty("minTlsVersion").GetString());
        Assert.Equal("Disabled", app.GetProperty("siteConfig").GetProperty("ftpsState").GetString());
        var doors = compiled.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();
        Assert.Equal(2, doors.Count);
        Assert.All(doors, d => Assert.False(d.GetProperty("properties").GetProperty("allow").GetBoolean()));
    }

    [Fact]
    public void The_runtime_is_the_one_this_app_is_built_for()
    {
        var runtime = Assert.Single(compiled.OfType("Microsoft.Web/sites")).GetProperty("properties").GetProperty("functionAppConfig").GetProperty("runtime");

        Assert.Equal("dotnet-isolated", runtime.GetProperty("name").GetString());
        Assert.Equal("10.0", runtime.GetProperty("version").GetString());
    }

    [Fact]
    public void Only_identities_send_telemetry()
    {
        Assert.True(Assert.Single(compiled.OfType("Microsoft.Insights/components")).GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
    }

    [Fact]
    public void Exactly_the_listed_roles_are_given()
    {
        var text = compiled.Text;
        var given = System.Text.RegularExpressions.Regex.Matches(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").Select(m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.Superset(Roles.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase), given);
        // Ids that stand beside the words that make a role assignment; the workbook has ids of its own.
        Assert.All(given.Except(Roles.Keys, StringComparer.OrdinalIgnoreCase), id => Assert.Contains(id, Repository.Read("infra/monitoring/workbook.json"), StringComparison.OrdinalIgnoreCase));
        // Loops over storage's roles, for the app and for an operator; one for telemetry, three in the vault.
        Assert.Equal(6, compiled.OfType("Microsoft.Authorization/roleAssignments").Count());
    }

    [Fact]
    public void No_secret_is_a_plain_parameter_or_an_output()
    {
        foreach (var template in compiled.Templates)
        {
            if (template.TryGetProperty("parameters", out var parameters))
            {
                var secrets = parameters.EnumerateObject().Where(p => IsSecret(p.Name));
                Assert.All(secrets, p => Assert.Equal("securestring", p.Value.GetProperty("type").GetString(), ignoreCase: true));
            }

            if (template.TryGetProperty("outputs", out var outputs))
            {
                Assert.DoesNotContain(outputs.EnumerateObject(), o => IsSecret(o.Name) || o.Value.GetRawText().Contains("listKeys", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public void Queues_and_tables_are_those_of_the_code()
    {
        var storage = Repository.Read("infra/modules/storage.bicep");
        var names = storage.Split('\n').Single(l => l.StartsWith("var queueNames", StringComparison.Ordinal));

        Assert.Equal(Triggers.Queues, names.Split('\'').Where((_, i) => i % 2 == 1).Order(StringComparer.Ordinal));
        var tables = storage.Split('\n').Single(l => l.StartsWith("var tableNames", StringComparison.Ordinal));
        Assert.Equal([JournalTable.Name, LeadOwners.TableName, PipelineTable.Name], tables.Split('\'').Where((_, i) => i % 2 == 1));
        Assert.Single(compiled.OfType("Microsoft.Storage/storageAccounts/tableServices/tables"));
    }

    private static bool IsSecret(string name) =>
        name.EndsWith("ApiKey", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Secret", StringComparison.OrdinalIgnoreCase) || name.EndsWith("IndexKey", StringComparison.OrdinalIgnoreCase);

    /// <summary>The deployment, compiled once.</summary>
    public sealed class Compiled : IAsyncLifetime
    {
        private JsonDocument? _json;

        public string Text { get; private set; } = "";

        public IReadOnlyList<JsonElement> Templates { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (!OperatingSystem.IsLinux())
            {
                return;
            }

            Text = await Repository.Template.Value;
            _json = JsonDocument.Parse(Text);
            Templates = [.. All(_json.RootElement)];
        }

        public IEnumerable<JsonElement> OfType(string type)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The pinned Bicep compiler is the one for Linux.");
            return Templates.SelectMany(Resources).Where(r => r.GetProperty("type").GetString() == type);
        }

        public ValueTask DisposeAsync()
        {
            _json?.Dispose();
            return ValueTask.CompletedTask;
        }

        private static IEnumerable<JsonElement> All(JsonElement template) =>
            Resources(template)
                .Where(r => r.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
                .SelectMany(r => All(r.GetProperty("properties").GetProperty("template")))
                .Prepend(template);

        private static IEnumerable<JsonElement> Resources(JsonElement template)
        {
            var resources = template.GetProperty("resources");
            return resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(p => p.Value);
        }
    }
}
