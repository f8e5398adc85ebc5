using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Jobs;

namespace UonOfferum.Tests.Unit.Shared.Jobs;

public sealed class JobSwitchesTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("1", true)]
    [InlineData(" true ", true)]
    public void A_job_is_switched_off_as_a_function_is(string? text, bool disabled)
    {
        Assert.Empty(JobSwitches.Problems(Set(text)));
        Assert.Equal(disabled, JobSwitches.IsDisabled(Set(text), "alerts"));
    }

    [Fact]
    public void A_value_that_is_no_switch_is_an_error_and_switches_nothing_off()
    {
        Assert.StartsWith("Jobs:alerts:Disabled: 'yes' is ", Assert.Single(JobSwitches.Problems(Set("yes"))), StringComparison.Ordinal);
        Assert.False(JobSwitches.IsDisabled(Set("yes"), "alerts"));
    }

    private static IConfiguration Set(string? text) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Jobs:alerts:Disabled", text)]).Build();
}
