using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Http;

namespace UonOfferum.Tests.Unit.Shared.Http;

public sealed class RetryAfterHeaderTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("86400", 3600)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("Mon, 02 Mar 2026 12:00:00 GMT", 3600)]
    public void Both_forms_are_read_within_zero_and_an_hour(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    public void What_is_neither_form_is_none(string? header) => Assert.Null(Read(header));

    private static TimeSpan? Read(string? header)
    {
        using var response = new HttpResponseMessage();
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        return RetryAfterHeader.Read(response, Time);
    }
}
