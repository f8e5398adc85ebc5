using UonOfferum.LocalHost;
using UonOfferum.LocalHost.Settings;

namespace UonOfferum.Tests.Unit.LocalHost;

public sealed class CommandLineTests
{
    [Fact]
    public void It_listens_on_loopback_unless_told_otherwise()
    {
        Assert.Equal(new Uri("http://127.0.0.1:7071"), CommandLine.Parse([]).Url);
        Assert.Equal(new Uri("http://127.0.0.1:0"), CommandLine.Parse(["--urls", "http://127.0.0.1:0"]).Url);
        Assert.True(CommandLine.Parse(["--no-demo"]).NoDemo);
        Assert.Equal(new Uri("http://0.0.0.0:80"), CommandLine.Parse(["--urls=http://0.0.0.0:80", "--once"]).Url);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("7071")]
    [InlineData("--urls")]
    [InlineData("--urls=7071")]
    [InlineData("--urls=https://127.0.0.1")]
    [InlineData("--urls=http://127.0.0.1/api")]
    public void What_it_cannot_do_it_says(string option) => Assert.Throws<LocalHostException>(() => CommandLine.Parse([option]));
}
