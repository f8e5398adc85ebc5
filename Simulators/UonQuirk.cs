namespace UonOfferum.Simulators;

/// <summary>The oddities of live records that a reader must tolerate.</summary>
public enum UonQuirk
{
    /// <summary>Ids are strings.</summary>
    IdsAsText,

    /// <summary>Optional fields are explicit nulls; the client's fields are unchanged.</summary>
    OptionalFieldsNull,

    /// <summary>Optional fields are "".</summary>
    OptionalFieldsEmpty,

    /// <summary>Optional fields are absent.</summary>
    OptionalFieldsAbsent,

    /// <summary>Every field of the client is an explicit null (seen in one production request).</summary>
    ClientFieldsNull,

    /// <summary>The status name contains an HTML entity.</summary>
    HtmlEntityInStatus,

    /// <summary>The record is in its envelope as an object, not as a list of one item.</summary>
    RecordAsObject,

    /// <summary>The answer begins with a byte order mark.</summary>
    ByteOrderMark,

    /// <summary>Dates are 0001-01-01 00:00.</summary>
    DatesOfYearOne,

    /// <summary>Dates have no seconds.</summary>
    DatesWithoutSeconds,

    /// <summary>Money is a string with a decimal comma, flags are booleans.</summary>
    MoneyWithComma,

    /// <summary>The phone is only in <c>client_phone_mobile</c>.</summary>
    PhoneOnlyInMobile,

    /// <summary>The phone is only in <c>client_phone</c>.</summary>
    PhoneOnlyInPhone,

    /// <summary>The plus is stored as a space: <c>" 79991234567"</c>.</summary>
    PhoneWithLeadingSpace,

    /// <summary><c>89991234567</c></summary>
    PhoneWithEight,

    /// <summary><c>8 (999) 123-45-67</c></summary>
    PhoneFormatted,

    /// <summary><c>9991234567</c></summary>
    PhoneOfTenDigits,

    /// <summary>The phone is a JSON number.</summary>
    PhoneAsNumber,

    /// <summary>+375…</summary>
    PhoneOfBelarus,

    /// <summary>+7 701…: Kazakhstan shares +7 with Russia.</summary>
    PhoneOfKazakhstan,

    /// <summary>+380…</summary>
    PhoneOfUkraine,

    /// <summary>Words instead of a phone.</summary>
    PhoneInWords,

    /// <summary>No phone: nulls.</summary>
    PhoneMissing,
}
