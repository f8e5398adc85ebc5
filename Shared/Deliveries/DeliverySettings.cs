using UonOfferum.Shared.Configuration;

namespace UonOfferum.Shared.Deliveries;

/// <summary>The settings that every destination has.</summary>
public static class DeliverySettings
{
    public const string DefaultRetry = "00:00:05,00:00:30,00:02:00,00:10:00,01:00:00,03:00:00";
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The most that <c>Timeout</c> may be.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The limit of <c>SearchAfter</c>, for destinations that have it.</summary>
    public static readonly TimeSpan LongestSearch = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(3650);

    /// <summary><c>Timeout</c>, <c>Retry</c>, <c>Uncertain</c>, <c>Account</c>, <c>SamePerson</c> and <c>SameRecord</c>.</summary>
    /// <param name="reader">The destination's section.</param>
    /// <param name="uncertain">The default: <c>resend</c> only where a duplicate order does no harm.</param>
    public static DeliveryPolicy Policy(this SettingsReader reader, UncertainPolicy uncertain) => new(
        reader.Duration("Timeout", DefaultTimeout, TimeSpan.FromMilliseconds(100), LongestTimeout),
        reader.Durations("Retry", DefaultRetry, TimeSpan.FromDays(1)),
        reader.Choice("Uncertain", uncertain, ("resend", UncertainPolicy.Resend), ("hold", UncertainPolicy.Hold)))
    {
        Account = reader.Text("Account"),
        SameRecord = reader.Choice("SameRecord", SameRecordPolicy.Skip, ("skip", SameRecordPolicy.Skip), ("send", SameRecordPolicy.Send)),
        SamePerson = reader.Duration("SamePerson", TimeSpan.Zero, TimeSpan.Zero, LongestWindow),
    };
}
