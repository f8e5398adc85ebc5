using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Tests.Unit.Shared.Telemetry;

public sealed class SuccessRatioTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("0.05", 0.05)]
    [InlineData("0", 0)]
    public void The_share_of_exported_successes_is_read(string? text, double ratio)
    {
        Assert.Empty(SuccessSampling.Problems(Set(text)));
        Assert.Equal(ratio, SuccessSampling.Ratio(Set(text)));
    }

    [Theory]
    [InlineData("0,5")]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData("NaN")]
    public void A_value_that_is_no_share_is_an_error_with_its_key_and_drops_nothing(string text)
    {
        Assert.StartsWith($"Telemetry:SuccessRatio: '{text}' is ", Assert.Single(SuccessSampling.Problems(Set(text))), StringComparison.Ordinal);
        Assert.Equal(1, SuccessSampling.Ratio(Set(text)));
    }

    private static IConfiguration Set(string? text) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(SuccessSampling.Setting, text)]).Build();
}
