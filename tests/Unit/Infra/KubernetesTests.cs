using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using UonOfferum.Shared.Messaging;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>The second home: what a cluster would refuse, or take and do wrong.</summary>
public sealed partial class KubernetesTests(KubernetesTests.Manifests manifests) : IClassFixture<KubernetesTests.Manifests>
{
    [Fact]
    public void Every_object_is_one_that_Kubernetes_KEDA_and_External_Secrets_take()
    {
        Assert.True(manifests.All.Count > 10, $"Only {manifests.All.Count} objects were found.");
        Assert.All(manifests.All, m => Assert.True(m.Value.Problems.Count == 0, $"{m.Key}: {string.Join(' ', m.Value.Problems)}"));
    }

    [Fact]
    public async Task A_wrong_one_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("uon-offerum-kubernetes-");
        try
        {
            // Each is wrong in one place.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong.yaml"), """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: { name: misspelt }
                spec: { minAvailabel: 1 }
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: { name: no-target }
                spec: { triggers: [] }
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: text-for-a-number }
                spec: { ports: [{ port: '80' }] }
                ---
                apiVersion: apps/v2
                kind: Deployment
                metadata: { name: no-such-version }
                """, TestContext.Current.CancellationToken);

            var found = await CheckAsync(folder.FullName);

            Assert.Equal(4, found.Count);
            Assert.All(found, m => Assert.NotEmpty(m.Value.Problems));
            Assert.Contains(found["wrong.yaml: PodDisruptionBudget/misspelt"].Problems, p => p.Contains("minAvailabel", StringComparison.Ordinal));
            Assert.Contains(found["wrong.yaml: ScaledObject/no-target"].Problems, p => p.Contains("scaleTargetRef", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Kustomize_applies_every_file()
    {
        var applied = manifests.One("Kustomization").GetProperty("resources").EnumerateArray().Select(r => r.GetString()!).Append("kustomization.yaml");

        Assert.Equal(Repository.Files("infra/kubernetes", "*.yaml").Select(Path.GetFileName), applied.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_queue_that_gets_work_has_its_scaler()
    {
        var triggers = manifests.One("ScaledObject").GetProperty("spec").GetProperty("triggers").EnumerateArray().ToList();

        Assert.Equal(
            Triggers.Queues.Where(queue => !queue.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)),
            triggers.Select(t => t.GetProperty("metadata").GetProperty("queueName").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(triggers, t =>
        {
            Assert.Equal("azure-queue", t.GetProperty("type").GetString());
            Assert.Equal(["queueName", "accountName", "queueLength", "queueLengthStrategy"], t.GetProperty("metadata").EnumerateObject().Select(p => p.Name));
            Assert.Equal("visibleonly", t.GetProperty("metadata").GetProperty("queueLengthStrategy").GetString());
        });
    }

    [Fact]
    public void A_node_is_drained_without_a_pause()
    {
        // What U-ON allows is kept by the app, whatever the number of pods.
        Assert.DoesNotContain(manifests.Settings.Keys, key => key.EndsWith("RequestsPerSecond", StringComparison.Ordinal));
        Assert.True(manifests.One("ScaledObject").GetProperty("spec").GetProperty("minReplicaCount").GetInt32() > manifests.One("PodDisruptionBudget").GetProperty("spec").GetProperty("minAvailable").GetInt32());
    }

    [Fact]
    public void The_app_starts_with_the_settings_of_the_cluster_and_of_the_laptop()
    {
        Assert.Equal(["main"], AppStart.Pipelines(manifests.Settings));
        var compose = ComposeSetting().Matches(Repository.Read("compose.yaml")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["secret"].Success ? "vault:x" : m.Groups["value"].Value, StringComparer.Ordinal);
        Assert.Contains("Pipelines__main__Offerum__Flow", compose.Keys);
        Assert.Equal(["main"], AppStart.Pipelines(compose));
    }

    [Fact]
    public void No_pod_runs_as_root_and_all_are_probed_at_the_health_route()
    {
        var pod = manifests.One("Deployment").GetProperty("spec").GetProperty("template").GetProperty("spec");
        var app = Assert.Single(pod.GetProperty("containers").EnumerateArray());
        var docker = Repository.Read("Dockerfile");

        Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
        var user = pod.GetProperty("securityContext").GetProperty("runAsUser").GetInt32();
        Assert.Contains(FormattableString.Invariant($"\nUSER {user}:{user}\n"), docker, StringComparison.Ordinal);
        Assert.False(app.GetProperty("securityContext").GetProperty("allowPrivilegeEscalation").GetBoolean());
        var port = app.GetProperty("ports")[0].GetProperty("containerPort").GetInt32();
        Assert.Contains(FormattableString.Invariant($"ASPNETCORE_URLS=http://+:{port} "), docker, StringComparison.Ordinal);
        Assert.Contains("HEALTHCHECK", docker, StringComparison.Ordinal);
        Assert.Contains("GET /api/health ", docker, StringComparison.Ordinal);
        Assert.All(new[] { "startupProbe", "readinessProbe" }, probe => Assert.Equal("/api/health", app.GetProperty(probe).GetProperty("httpGet").GetProperty("path").GetString()));
    }

    [Fact]
    public void A_pod_ends_later_than_a_function_may_run()
    {
        using var host = JsonDocument.Parse(Repository.Read("host.json"));
        var longest = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);

        var grace = manifests.One("Deployment").GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("terminationGracePeriodSeconds").GetInt32();
        Assert.True(grace > longest.TotalSeconds);
    }

    [Fact]
    public void The_emulator_is_the_one_that_everything_is_tested_with()
    {
        using var package = JsonDocument.Parse(Repository.Read("LocalHost/package.json"));
        var version = package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString();

        Assert.Contains($"image: mcr.microsoft.com/azure-storage/azurite:{version}\n", Repository.Read("compose.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json")]
    [InlineData("parameters.json")]
    [InlineData(".env")]
    [InlineData("keys")]
    [InlineData(".git")]
    public void Secrets_of_the_working_tree_do_not_enter_the_image(string name) =>
        Assert.Contains(name, Repository.Read(".dockerignore").Split('\n'));

    private static async Task<Dictionary<string, Manifest>> CheckAsync(string folder)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Repository.Root, "eng/kubernetes/node_modules/kubernetes-models")),
            "The schemas are not here. Install Node.js with npm and build tests/Unit again, or run npm ci in eng/kubernetes.");
        var (output, complaints, exitCode) = await Repository.RunAsync("node", ["eng/kubernetes/check.mjs", folder]);
        Assert.Equal("", complaints);
        Assert.Equal(0, exitCode);
        return JsonSerializer.Deserialize<Dictionary<string, Manifest>>(output, JsonSerializerOptions.Web)!;
    }

    // Names with two underscores between their parts; a value in ${…} comes from the person.
    [GeneratedRegex(@"^      (?<name>(?:Journal|Pipelines)__\w+): (?:(?<secret>\$\{.*)|(?<value>.*))$", RegexOptions.Multiline)]
    private static partial Regex ComposeSetting();

    internal sealed record Manifest(IReadOnlyList<string> Problems, JsonElement Object);

    public sealed class Manifests : IAsyncLifetime
    {
        internal IReadOnlyDictionary<string, Manifest> All { get; private set; } = null!;

        /// <summary>What the pods get as environment; a secret reads <c>vault:{name}</c>.</summary>
        internal IReadOnlyDictionary<string, string> Settings => One("ConfigMap").GetProperty("data").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!)
            .Concat(All["secrets.yaml: ExternalSecret/uon-offerum"].Object.GetProperty("spec").GetProperty("data").EnumerateArray()
                .Select(d => KeyValuePair.Create(d.GetProperty("secretKey").GetString()!, "vault:" + d.GetProperty("remoteRef").GetProperty("key").GetString())))
            .ToDictionary(StringComparer.Ordinal);

        internal JsonElement One(string kind) => All.Values.Select(m => m.Object).Single(o => o.GetProperty("kind").GetString() == kind);

        public async ValueTask InitializeAsync() => All = await CheckAsync("infra/kubernetes");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
