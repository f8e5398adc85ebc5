using Azure.Data.Tables;
using UonOfferum.Destinations.AmoCrm;

namespace UonOfferum.Tests.Unit.Destinations.AmoCrm;

/// <summary>A refresh token works once: an instance whose clock is wrong must not use one that another instance is using.</summary>
public sealed class TokenLeaseTests
{
    [Theory]
    [InlineData(22, true)]
    [InlineData(23, false)]
    public void A_lease_ends_by_the_storages_clock(int age, bool isLeased)
    {
        var row = new TableEntity("amo-token", "row") { ["LeaseSeconds"] = 22.5, ["Lease"] = Some.Now };

        Assert.Equal(isLeased, AmoTokens.IsLeased(row, TimeSpan.FromSeconds(age), Some.Now.AddMinutes(-2)));
        Assert.Equal(isLeased, AmoTokens.IsLeased(row, TimeSpan.FromSeconds(age), Some.Now.AddMinutes(2)));
    }

    [Fact]
    public void A_lease_of_an_earlier_version_has_only_its_end()
    {
        var row = new TableEntity("amo-token", "row") { ["Lease"] = Some.Now };

        Assert.True(AmoTokens.IsLeased(row, TimeSpan.Zero, Some.Now.AddSeconds(-1)));
        Assert.False(AmoTokens.IsLeased(row, TimeSpan.Zero, Some.Now.AddSeconds(1)));
        Assert.False(AmoTokens.IsLeased(null, null, Some.Now));
    }
}
