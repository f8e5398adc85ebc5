using System.Text.Json;

namespace UonOfferum.Tests.Unit.Infra;

/// <param name="Problems">What the language says of the query: syntax, and every name it does not know.</param>
/// <param name="Columns">Types by name, of what the query returns.</param>
internal sealed record BoundQuery(IReadOnlyList<string> Problems, IReadOnlyDictionary<string, string> Columns);

/// <summary>Microsoft's own Kusto language, with the tables of a Log Analytics workspace (eng/kusto).</summary>
internal static class Kusto
{
    public static async Task<IReadOnlyDictionary<string, BoundQuery>> BindAsync(IReadOnlyDictionary<string, string> queries)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Repository.Root, "eng/kusto/node_modules/@kusto")),
            "The Kusto language is not here. Install Node.js with npm and build tests/Unit again, or run npm ci in eng/kusto.");
        var (output, complaints, exitCode) = await Repository.RunAsync("node", ["eng/kusto/check.mjs"], JsonSerializer.Serialize(queries));
        Assert.Equal("", complaints);
        Assert.Equal(0, exitCode);
        return JsonSerializer.Deserialize<Dictionary<string, BoundQuery>>(output, JsonSerializerOptions.Web)!;
    }

    public static async Task<BoundQuery> BindAsync(string query) =>
        (await BindAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["query"] = query }))["query"];
}
