using System.Text.Json;

namespace UonOfferum.Tests.Browser;

/// <summary>What axe-core finds on a page, of its two gravest kinds.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Path.Combine(Sources.Folder, "node_modules", "axe-core", "axe.min.js")));

    private const string Run = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return JSON.stringify(violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`));
        }
        """;

    public static async Task<string[]> GraveAsync(Visit visit)
    {
        // Evaluated by the debugger: the page's own policy lets no such script in.
        await visit.Page.EvaluateAsync(Source.Value);
        return JsonSerializer.Deserialize<string[]>(await visit.Page.EvaluateAsync<string>(Run))!;
    }
}
