namespace UonOfferum.Shared.Fields;

/// <summary>A telephone number that exists in its country's numbering plan.</summary>
/// <param name="E164">As in <c>+79001234567</c>.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the number's own country; Russia and Kazakhstan, which share +7, are distinguished.</param>
public readonly record struct PhoneNumber(string E164, string Country)
{
    /// <summary>Finds the first valid number in the text of a phone field.</summary>
    /// <param name="raw">A number in any form, with words or further numbers around it.</param>
    /// <param name="defaultRegion">ISO alpha-2 of the country whose local form is tried first.</param>
    /// <param name="phone">The number found.</param>
    public static bool TryRead(string? raw, string defaultRegion, out PhoneNumber phone)
    {
        var reader = new PhoneReader(defaultRegion);
        phone = raw is null ? default : reader.Read(raw) ?? default;
        return phone.E164 is not null;
    }
}
