using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// The rules by which a phone field is read. The order matters: the local form of the default country first, then the same digits
/// as an international number whose "+" was lost (U-ON stores it as a space). Digits are never moved from one form to the other:
/// <c>8 (437)…</c> with a mistyped code must not become Vietnam's +84 37….
/// </summary>
internal sealed class PhoneReader(string defaultRegion)
{
    private const int MaxTextLength = 300;

    /// <summary>Fewer digits without a "+" are a broken local number, not a whole international one.</summary>
    private const int MinInternationalDigits = 11;

    /// <summary>A piece of a longer run must be a complete number; fewer digits are part of another one.</summary>
    private const int MinPieceDigits = 10;

    /// <summary>Digits with common separators. A plus starts a new number; commas, slashes, line breaks and words end one.</summary>
    private static readonly Regex Runs = new(
        @"\+? ?\(?\d[\d ().\-‐‑‒–—―−_*'·~]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly PhoneNumberUtil Plan = PhoneNumberUtil.GetInstance();

    private readonly string _region = defaultRegion.ToUpperInvariant();

    public PhoneNumber? Read(string raw) => Runs
        .Matches(WithoutInvisibles(raw.CutTo(MaxTextLength)))
        .Select(run => Whole(run.Value) ?? Piece(run.Value))
        .FirstOrDefault(found => found is not null);

    private PhoneNumber? Whole(string run)
    {
        var digits = Digits(run);
        if (run[0] == '+')
        {
            // "+8 900…": a trunk prefix after a plus. No country code looks like that, so it can only be the local form.
            return International(digits) ?? (digits.StartsWith(TrunkPrefix, StringComparison.Ordinal) ? National(digits) : null);
        }

        if (National(digits) is { } national)
        {
            return national;
        }

        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            return International(digits[2..]);
        }

        return digits.Length >= MinInternationalDigits && !LooksNational(digits) ? International(digits) : null;
    }

    /// <summary>
    /// A number among other digits: two numbers with a blank between them, "+7 8 900…", an hour before the number. What follows
    /// blanks is never read as international without a plus, unless it was typed without separators: "495 123 45 678" is not a German number.
    /// </summary>
    private PhoneNumber? Piece(string run)
    {
        var groups = run.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var start = 0; start < groups.Length; start++)
        {
            for (var end = groups.Length; end > start; end--)
            {
                var piece = string.Concat(groups[start..end]);
                var digits = Digits(piece);
                if (digits.Length < MinPieceDigits || end - start == groups.Length)
                {
                    continue;
                }

                var found = piece[0] == '+' || end - start == 1 ? Whole(piece) : National(digits);
                if (found is not null)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private string TrunkPrefix => Plan.GetNddPrefixForRegion(_region, stripNonDigits: true) is { Length: > 0 } prefix ? prefix : "none";

    private bool LooksNational(string digits) =>
        digits.StartsWith(TrunkPrefix, StringComparison.Ordinal) && Parse(digits, _region) is { } number && Plan.IsPossibleNumber(number);

    private PhoneNumber? National(string digits) => Valid(Parse(digits, _region));

    private static PhoneNumber? International(string digits) => Valid(Parse("+" + digits, null));

    private static PhoneNumber? Valid(PhoneNumbers.PhoneNumber? number)
    {
        // Valid numbers of no country (+800, satellites) have "001" for a region.
        if (number is null || !Plan.IsValidNumber(number) || Plan.GetRegionCodeForNumber(number) is not { Length: 2 } country)
        {
            return null;
        }

        return new PhoneNumber(Plan.Format(number, PhoneNumberFormat.E164), country);
    }

    private static PhoneNumbers.PhoneNumber? Parse(string digits, string? region)
    {
        try
        {
            return Plan.Parse(digits, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string Digits(string run) =>
        string.Concat(run.Where(char.IsDigit).Select(c => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c))));

    /// <summary>Text copied from address books contains direction marks, soft hyphens and non-breaking spaces.</summary>
    private static string WithoutInvisibles(string raw) => string.Concat(raw
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
        .Select(c => c == '＋' ? '+' : char.IsWhiteSpace(c) && c is not ('\n' or '\r') ? ' ' : c));
}
