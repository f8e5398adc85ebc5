using System.Text.Json;

namespace UonOfferum.Tests.Unit.Infra;

/// <summary>
/// What a deployment with certain parameters would make: Bicep evaluates every expression except those that only Azure can answer. One
/// subscription, one tenant; nothing outside this machine is asked.
/// </summary>
internal sealed class Deployment
{
    public const string LeastParameters = """
        param environmentName = 'test'
        param location = 'westeurope'
        param offerumFlow = 'zkVz'
        """;

    // Each is evaluated once, however many tests look at it.
    public static readonly Lazy<Task<Deployment>> Least = new(() => OfAsync($"using 'main.bicep'\n{LeastParameters}"));
    public static readonly Lazy<Task<Deployment>> AllOptions = new(() => OfAsync(Repository.Read("infra/all-options.bicepparam")));
    public static readonly Lazy<Task<Deployment>> WithoutOfferum = new(() => OfAsync(Repository.Read("infra/without-offerum.bicepparam")));

    private Deployment(JsonElement resources) => Resources = [.. resources.EnumerateArray()];

    public IReadOnlyList<JsonElement> Resources { get; }

    /// <summary>Values by name. A reference to the vault reads <c>vault:{secret}</c>; what only Azure knows stays an expression.</summary>
    public IReadOnlyDictionary<string, string> AppSettings => OfType("Microsoft.Web/sites").Single()
        .GetProperty("properties").GetProperty("siteConfig").GetProperty("appSettings").EnumerateArray()
        .ToDictionary(s => s.GetProperty("name").GetString()!, s => Shorten(s.GetProperty("value").GetString()!), StringComparer.Ordinal);

    /// <summary>Names of the secrets that are written, or would be if a value were given.</summary>
    public IEnumerable<string> Secrets => OfType("Microsoft.KeyVault/vaults/secrets").Select(s => s.GetProperty("name").GetString()!.Split('/')[1]);

    /// <summary>The complaint about parameters that must not be deployed.</summary>
    public static async Task<string> RefusalAsync(string parameters) => (await SnapshotAsync($"using 'main.bicep'\n{parameters}")).Complaints;

    public IEnumerable<JsonElement> OfType(string type) => Resources.Where(r => r.GetProperty("type").GetString() == type);

    public static async Task<Deployment> OfAsync(string file)
    {
        var (snapshot, complaints) = await SnapshotAsync(file);
        Assert.Equal("", complaints);
        using var json = JsonDocument.Parse(snapshot);
        return new Deployment(json.RootElement.GetProperty("predictedResources").Clone());
    }

    private static async Task<(string Snapshot, string Complaints)> SnapshotAsync(string parameters)
    {
        // Bicep writes the snapshot beside the parameters, and those must stand beside the template.
        var folder = Directory.CreateTempSubdirectory("uon-offerum-infra-");
        try
        {
            foreach (var file in Repository.Files("infra", "*"))
            {
                var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Path.Combine(Repository.Root, "infra"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tested.bicepparam"), parameters, TestContext.Current.CancellationToken);
            var (output, complaints, _) = await Repository.BicepInAsync(
                folder.FullName, "snapshot", "tested.bicepparam", "--mode", "overwrite", "--location", "westeurope",
                "--subscription-id", "00000000-0000-0000-0000-00000000000a", "--tenant-id", "00000000-0000-0000-0000-00000000000b");
            var snapshot = Path.Combine(folder.FullName, "tested.snapshot.json");
            return (File.Exists(snapshot) ? await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken) : output, complaints);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Shorten(string value)
    {
        const string start = "[format('@Microsoft.KeyVault(SecretUri={0}secrets/";
        if (!value.StartsWith(start, StringComparison.Ordinal))
        {
            return value;
        }

        // format('…secrets/{1}-name)', the vault's address, 'main')
        var name = value[start.Length..value.IndexOf(')', start.Length)];
        var argument = value[(value.LastIndexOf(',') + 1)..].Trim(' ', ')', ']', '\'');
        return "vault:" + name.Replace("{1}", argument, StringComparison.Ordinal);
    }
}
