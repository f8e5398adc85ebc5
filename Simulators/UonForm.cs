using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>The form of a write. If the request has no charset, non-ASCII letters are lost, as one integrator reported.</summary>
internal static class UonForm
{
    public static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return Empty;
        }

        var saysUtf8 = request.ContentType?.Contains("utf-8", StringComparison.OrdinalIgnoreCase) == true;
        var form = await request.ReadFormAsync(cancellationToken);
        return form.ToDictionary(f => f.Key, f => saysUtf8 ? f.Value.ToString() : WithoutLetters(f.Value.ToString()), StringComparer.Ordinal);
    }

    private static string WithoutLetters(string text) => string.Concat(text.Select(character => char.IsAscii(character) ? character : '?'));
}
