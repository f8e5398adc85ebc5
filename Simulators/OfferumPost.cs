using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace UonOfferum.Simulators;

/// <summary>A request to the order route; the body is read only on demand.</summary>
internal sealed class OfferumPost(HttpRequest request)
{
    public string Method => request.Method;

    public string? ContentType => request.ContentType;

    public IReadOnlyDictionary<string, string> Query { get; } =
        request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    public string Body { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Key => Query.GetValueOrDefault("key", "");

    public string Flow => Query.GetValueOrDefault("flow", "");

    public string SubId => Query.GetValueOrDefault("subid", "");

    /// <summary>The phone's digits, which are the same in every spelling.</summary>
    public string Phone => Digits(Form.GetValueOrDefault("phone", ""));

    public bool IsPost => HttpMethods.IsPost(request.Method);

    public bool IsForm => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    public static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    public async Task ReadBodyAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        Body = await reader.ReadToEndAsync(cancellationToken);
        using var form = new FormReader(Body);
        Form = form.ReadForm().ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
    }
}
