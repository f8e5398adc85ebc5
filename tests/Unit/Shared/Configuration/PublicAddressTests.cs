using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Shared.Configuration;

public sealed class PublicAddressTests
{
    [Fact]
    public void On_Azure_the_platform_names_the_host() =>
        Assert.Equal(new Uri("https://leads.azurewebsites.net"), Address(("WEBSITE_SITE_NAME", "leads"), ("WEBSITE_HOSTNAME", "leads.azurewebsites.net")).Of("http", "10.0.0.1:8080"));

    [Fact]
    public void The_host_that_Core_Tools_names_is_not_public()
    {
        var address = Address(("WEBSITE_HOSTNAME", "localhost:7071"));

        Assert.Null(address.Known);
        Assert.Equal(new Uri("http://localhost:7071"), address.Of("http", "localhost:7071"));
    }

    [Fact]
    public void The_setting_comes_first() =>
        Assert.Equal(new Uri("https://leads.example.com"), Address(("PublicUrl", "https://leads.example.com"), ("WEBSITE_SITE_NAME", "leads"), ("WEBSITE_HOSTNAME", "x")).Known);

    private static PublicAddress Address(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
}
