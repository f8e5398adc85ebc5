using System.Net;
using System.Text;

namespace UonOfferum.Shared.Deliveries;

/// <summary>A body of <c>application/x-www-form-urlencoded</c>.</summary>
internal static class OrderForm
{
    public const string ContentType = "application/x-www-form-urlencoded";

    public static byte[] Encode(IEnumerable<KeyValuePair<string, string>> form) =>
        Encoding.ASCII.GetBytes(string.Join('&', form.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value)}")));
}
