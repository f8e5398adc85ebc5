using System.Globalization;

namespace UonOfferum.OfferumSenderFunction.Postbacks;

/// <summary>
/// The network's report on an order. The address is written by an operator with the network's macros, so each
/// value is looked up under the macro's name and its common aliases. Untrusted.
/// </summary>
internal sealed record OfferumPostback(string? SubId, string? OrderId, string? Status, string? Payout, string? Currency)
{
    private const int MaxId = 100;
    /// <summary>A longer number is not a plausible amount and would overflow the hourly sums.</summary>
    private const int MaxPayoutDigits = 12;

    private const int MaxPayout = 20;
    private const int MaxCurrency = 10;

    public const string Waiting = "waiting";

    private static readonly string[] FirstNames = ["subid1", "subid", "sub1"];

    /// <summary>The network splits the subid of an order at ':' into up to five values.</summary>
    private static readonly string[][] MoreSubIds = [["subid2", "sub2"], ["subid3", "sub3"], ["subid4", "sub4"], ["subid5", "sub5"]];

    /// <summary>The first value of <see cref="SubId"/>, if it has more.</summary>
    public string? FirstSubId { get; private init; }

    private static readonly string[] Statuses = [Waiting, "approved", "declined", "trash"];

    public static OfferumPostback From(IReadOnlyDictionary<string, string> fields)
    {
        var status = Value(fields, "status")?.ToLowerInvariant();
        var payout = Value(fields, "summ_approved", "payout", "sum");
        var currency = Value(fields, "currency");
        var first = Within(Value(fields, FirstNames), MaxId);
        // An address without the first value has the others for another purpose.
        var subId = FirstNames.Any(fields.ContainsKey) ? JoinSubId(first, MoreSubIds.Select(names => Within(Value(fields, names), MaxId))) : null;
        return new OfferumPostback(
            subId,
            Within(Value(fields, "lead_id", "order_id", "orderid"), MaxId),
            Statuses.Contains(status, StringComparer.Ordinal) ? status : null,
            payout is { Length: <= MaxPayout } && payout.Count(char.IsAsciiDigit) <= MaxPayoutDigits
                && decimal.TryParse(payout.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? payout : null,
            currency is { Length: <= MaxCurrency } && currency.All(char.IsLetter) ? currency : null)
        {
            FirstSubId = first == subId ? null : first,
        };
    }

    private static string? Value(IReadOnlyDictionary<string, string> fields, params string[] names) =>
        names.Select(fields.GetValueOrDefault).Select(v => v?.Trim()).FirstOrDefault(v => v is { Length: > 0 } && !v.StartsWith('{'));

    /// <summary>As the order had it. A value without a macro in the address is unknown, and those behind the last known one are left out.</summary>
    private static string? JoinSubId(string? first, IEnumerable<string?> more) =>
        string.Join(':', more.Prepend(first)).TrimEnd(':') is { Length: > 0 } joined ? joined : null;

    private static string? Within(string? text, int length) => text?.Length <= length ? text : null;
}
