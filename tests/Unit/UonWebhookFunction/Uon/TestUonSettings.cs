using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

internal static class TestUonSettings
{
    /// <summary>Settings for an address on this machine.</summary>
    public static UonSettings For(Uri baseAddress, string apiKey) => new()
    {
        ApiKey = apiKey,
        BaseAddress = baseAddress,
        Record = RecordKind.Auto,
        Events = new HashSet<int> { 1, 2 },
        CabinetId = null,
        TimeZone = TimeZoneInfo.Utc,
        MaxAge = UonSettings.DefaultMaxAge,
        RequestsPerSecond = 10_000,
        Timeout = UonSettings.DefaultTimeout,
        WaitFor = [],
        Retry = [],
    };
}
