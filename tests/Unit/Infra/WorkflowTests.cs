using System.Globalization;
using System.Text.RegularExpressions;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>What deploys, and what keeps dependencies fresh.</summary>
public sealed partial class WorkflowTests
{
    [Fact]
    public void Preview_and_deployment_have_their_own_identity_and_environment()
    {
        var (preview, deploy) = (Job("what-if"), Job("deploy"));

        Assert.Contains("environment: preview", preview, StringComparison.Ordinal);
        Assert.Contains("client-id: ${{ vars.AZURE_PREVIEW_CLIENT_ID }}", preview, StringComparison.Ordinal);
        Assert.Contains("environment: production", deploy, StringComparison.Ordinal);
        Assert.Contains("client-id: ${{ vars.AZURE_CLIENT_ID }}", deploy, StringComparison.Ordinal);
        // Without this a preview wants the rights of a deployment.
        Assert.Contains("--validation-level ProviderNoRbac", preview, StringComparison.Ordinal);
        Assert.DoesNotContain(" create ", preview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ci")]
    [InlineData("what-if")]
    [InlineData("deploy")]
    public void Nothing_of_a_deployment_runs_from_another_branch(string job) =>
        Assert.Contains("if: github.ref == 'refs/heads/main'", Job(job), StringComparison.Ordinal);

    [Fact]
    public void The_app_is_asked_only_after_the_upload_and_fresh_references()
    {
        var steps = Job("deploy");

        var upload = steps.IndexOf("eng/retry.sh az functionapp deployment source config-zip", StringComparison.Ordinal);
        var refresh = steps.IndexOf("/config/configreferences/appsettings/refresh?api-version=2022-03-01", StringComparison.Ordinal);
        var health = steps.IndexOf("/api/health", StringComparison.Ordinal);
        Assert.InRange(upload, 0, refresh);
        Assert.InRange(refresh, upload, health);
        Assert.Contains("actions/setup-node@", steps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_upload_is_tried_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A Bash script.");
        var folder = Directory.CreateTempSubdirectory("uon-offerum-retry-");
        try
        {
            // Refused twice, then taken.
            var count = Path.Combine(folder.FullName, "count");
            var (_, complaints, exitCode) = await RetryAsync("0 0 0", $"echo x >> {count}; [ $(wc -l < {count}) -ge 3 ]");
            Assert.Equal(0, exitCode);
            Assert.Equal(3, (await File.ReadAllLinesAsync(count, TestContext.Current.CancellationToken)).Length);
            Assert.Equal(2, Regex.Count(complaints, "again in 0 s"));

            (_, _, exitCode) = await RetryAsync("0 0", $"echo x >> {count}; exit 7");
            Assert.Equal(7, exitCode);
            Assert.Equal(6, (await File.ReadAllLinesAsync(count, TestContext.Current.CancellationToken)).Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_pauses_outlast_a_role_that_takes_minutes_to_work()
    {
        var pauses = Pauses().Match(Repository.Read("eng/retry.sh")).Groups["pauses"].Value.Split(' ').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(pauses.Order(), pauses);
        Assert.True(pauses.Sum() >= 300);
    }

    [Fact]
    public void Dependabot_sees_every_kind_of_dependency_and_every_npm_folder()
    {
        var config = Repository.Read(".github/dependabot.yml");

        Assert.All(new[] { "github-actions", "nuget", "npm", "devcontainers" }, kind => Assert.Contains($"package-ecosystem: {kind}\n", config, StringComparison.Ordinal));
        var npm = config[config.IndexOf("package-ecosystem: npm", StringComparison.Ordinal)..];
        var named = npm[(npm.IndexOf('[', StringComparison.Ordinal) + 1)..npm.IndexOf(']', StringComparison.Ordinal)].Split(", ");
        var folders = Directory.EnumerateFiles(Repository.Root, "package-lock.json", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => '/' + Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.Contains("/node_modules", StringComparison.Ordinal) && !folder.Contains("/bin/", StringComparison.Ordinal) && !folder.Contains("/obj/", StringComparison.Ordinal));
        Assert.Equal(folders.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Azd_is_new_enough_and_knows_the_template()
    {
        var azd = Repository.Read("azure.yaml");

        Assert.Matches(@"(?m)^requiredVersions:\n(  #.*\n)*  azd: '>= 1\.\d+\.\d+'$", azd);
        Assert.Matches(@"(?m)^metadata:\n  template: uon-offerum@\d+\.\d+\.\d+$", azd);
    }

    [Theory]
    [InlineData("azd env set OFFERUM_FLOW")]
    [InlineData("azd env set ALERT_EMAIL")]
    [InlineData("Wait two minutes, then `azd deploy`")]
    [InlineData("az provider register --namespace Microsoft.App")]
    [InlineData("Node.js 22")]
    [InlineData("User Access Administrator")]
    [InlineData("Microsoft.Resources/deployments/whatIf/action")]
    [InlineData("Allow both for the branch `main` only")]
    [InlineData("configreferences/appsettings/refresh?api-version=2022-03-01")]
    [InlineData("A restart does not")]
    public void The_deployment_page_says(string text) => Assert.Contains(text, Repository.Read("docs/deploy.md"), StringComparison.Ordinal);

    [Fact]
    public void No_page_lets_a_variable_be_forgotten_with_its_shell()
    {
        var page = Repository.Read("docs/deploy.md");
        var steps = page[..page.IndexOf("Without `azd`", StringComparison.Ordinal)];

        Assert.DoesNotContain("export OFFERUM_FLOW", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("export ALERT_EMAIL", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("in `infra/main.parameters.json` and", page, StringComparison.Ordinal);
    }

    private static Task<(string Output, string Complaints, int ExitCode)> RetryAsync(string pauses, string command) =>
        Repository.RunAsync("bash", ["eng/retry.sh", "bash", "-c", command], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["RETRY_PAUSES"] = pauses });

    private static string Job(string name)
    {
        var workflow = Repository.Read(".github/workflows/deploy.yml");
        var start = workflow.IndexOf($"\n  {name}:\n", StringComparison.Ordinal);
        var next = NextJob().Match(workflow, start + 1 + name.Length);
        return workflow[start..(next.Success ? next.Index : workflow.Length)];
    }

    [GeneratedRegex(@"\n  [a-z-]+:\n")]
    private static partial Regex NextJob();

    [GeneratedRegex(@"RETRY_PAUSES:-(?<pauses>[\d ]+)\}")]
    private static partial Regex Pauses();
}
