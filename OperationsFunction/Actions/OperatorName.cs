using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Text;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>The name an operator gives: header <c>x-operator</c>, percent-encoded UTF-8. It is informational only and is not verified.</summary>
internal static class OperatorName
{
    public const string Header = "x-operator";
    public const int MaxLength = 60;

    /// <param name="request">May carry the header.</param>
    /// <param name="given">A name in the body, which takes precedence.</param>
    public static string? Of(HttpRequest request, string? given = null)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            return given;
        }

        var words = string.Concat(Uri.UnescapeDataString(request.Headers[Header].ToString()).Where(c => !char.IsControl(c))).Trim();
        return words.Length == 0 ? null : words.CutTo(MaxLength).TrimEnd();
    }
}
