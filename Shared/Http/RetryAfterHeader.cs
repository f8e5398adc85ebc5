namespace UonOfferum.Shared.Http;

/// <summary>The delay that a response requests.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Longer delays are capped at this: a server's mistake must not delay a lead for days.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromHours(1);

    /// <returns>Null when the header is absent or malformed; zero when its time has passed.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait is { } known ? TimeSpan.FromTicks(Math.Clamp(known.Ticks, 0, Max.Ticks)) : null;
    }
}
