using System.Text.RegularExpressions;

namespace UonOfferum.Shared.Fields;

/// <summary>Masks phones and e-mails where an operator only needs to recognise them.</summary>
public static class Mask
{
    private const string Hidden = "***";

    /// <summary>The number of final digits that identify a phone, whatever its prefix.</summary>
    private const int OwnDigits = 9;

    private const RegexOptions Linear = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex Emails = new(
        @"[^\s@<>""'(),;:|/\\\[\]]+@[^\s@<>""'(),;:|/\\\[\]]+\.[^\s@<>""'(),;:|/\\\[\]]+", Linear);

    private static readonly Regex Masks = new(@"\d\*{7}\d\d|\*{3}@", Linear);

    /// <summary>Ten or more digits with common separators. More than 15 are several numbers, which are masked too.</summary>
    private static readonly Regex Phones = new(
        @"(?:\+\s*)?\(?\d(?:[\s().\-‐‑‒–—―−_*'·~/\u200e\u200f\u202a-\u202e\u00ad]{0,4}\d){9,}", Linear);

    private static readonly Regex DateOrMoney = new(@"^(?:\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|-?\d+[.,]\d{1,2})$", Linear);

    /// <summary><c>+79001234567</c> → <c>+7*******67</c>, whatever the length; nothing is left of fewer than seven digits.</summary>
    public static string Phone(string phone)
    {
        var digits = Digits(phone);
        return digits.Length < 7 ? Hidden : $"{(phone.TrimStart().StartsWith('+') ? "+" : "")}{digits[0]}*******{digits[^2..]}";
    }

    /// <summary><c>ivan@mail.ru</c> → <c>i***@mail.ru</c>; anything after the domain is dropped.</summary>
    public static string Email(string email)
    {
        var at = email.LastIndexOf('@');
        if (at < 1 || char.IsSurrogate(email[0]))
        {
            return Hidden;
        }

        var domain = string.Concat(email.Skip(at + 1).TakeWhile(c => char.IsLetterOrDigit(c) || c is '.' or '-'));
        return domain.Contains('.', StringComparison.Ordinal) ? $"{email[0]}{Hidden}@{domain}" : Hidden;
    }

    /// <summary>Phones and e-mails within other text.</summary>
    public static string Text(string text) => Phones.Replace(WithoutEmails(text), m => Phone(m.Value));

    /// <summary>
    /// Whether the text is a masked one, which must not replace what it masks. Other asterisks are text: a hotel has stars.
    /// </summary>
    public static bool IsIn(string text) => Masks.IsMatch(text);

    /// <summary>
    /// Masks a destination's reply about this record: e-mails, anything written as an international number, and the record's own phones. Other
    /// numbers stay: they are order ids, and an operator needs them.
    /// </summary>
    public static string Reply(string body, RecordFields fields)
    {
        var own = fields
            .Where(f => f.Key.Contains("phone", StringComparison.OrdinalIgnoreCase))
            .Select(f => Digits(f.Value))
            .Where(d => d.Length >= OwnDigits)
            .Select(d => d[^OwnDigits..])
            .ToList();
        return Phones.Replace(WithoutEmails(body), m => m.Value.StartsWith('+') || own.Exists(Digits(m.Value).Contains) ? Phone(m.Value) : m.Value);
    }

    /// <summary>
    /// The fields for display: phone and e-mail fields are masked completely, in other fields whatever looks like one. Ids, dates and
    /// money are only searched for e-mails: their digits are not phone numbers.
    /// </summary>
    public static RecordFields Fields(RecordFields fields) =>
        RecordFields.Empty.With(fields.Select(field => KeyValuePair.Create(field.Key, Value(field.Key, field.Value))));

    private static string Value(string name, string value)
    {
        if (name.Contains("phone", StringComparison.OrdinalIgnoreCase))
        {
            return Phone(value);
        }

        if (name.Contains("mail", StringComparison.OrdinalIgnoreCase))
        {
            return Email(value);
        }

        var isNoPhone = name is "id" or "id_system" or "order_time" || name.EndsWith("_id", StringComparison.Ordinal) || DateOrMoney.IsMatch(value);
        return isNoPhone ? WithoutEmails(value) : Text(value);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));

    private static string WithoutEmails(string text) => Emails.Replace(text, m => Email(m.Value));
}
