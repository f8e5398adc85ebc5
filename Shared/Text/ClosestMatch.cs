namespace UonOfferum.Shared.Text;

/// <summary>Finds the known name that is closest to a misspelt one (Levenshtein distance).</summary>
internal static class ClosestMatch
{
    public static string To(string name, IEnumerable<string> known) =>
        known.Order(StringComparer.Ordinal).MinBy(k => Distance(name.ToUpperInvariant(), k.ToUpperInvariant())) ?? "";

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
