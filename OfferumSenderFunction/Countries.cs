using PhoneNumbers;

namespace UonOfferum.OfferumSenderFunction;

/// <summary>Countries with a phone numbering plan, by ISO alpha-2 code.</summary>
internal static class Countries
{
    public static bool Knows(string alpha2) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(alpha2);
}
