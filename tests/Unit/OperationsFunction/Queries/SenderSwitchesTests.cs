using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Unit.OperationsFunction.Queries;

public sealed class SenderSwitchesTests
{
    [Theory]
    [InlineData("AzureWebJobs:SendTelegramMessage:Disabled", "true", "SendTelegramMessage")]
    [InlineData("AzureWebJobs.RecordTelegramFailure.Disabled", "1", "RecordTelegramFailure")]
    public void A_pipeline_says_which_of_its_functions_are_off_and_the_remedy(string setting, string value, string function)
    {
        using var host = Build((setting, value));
        var switches = host.Services.GetRequiredService<SenderSwitches>();
        var pipeline = Assert.Single(host.Services.GetRequiredService<PipelineCatalog>().All);

        Assert.Equal([function], switches.Off("telegram"));
        var problem = Assert.Single(switches.Problems(pipeline));
        Assert.Contains($"AzureWebJobs__{function}__Disabled", problem, StringComparison.Ordinal);
        Assert.Contains("DESTINATIONS", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_pipeline_uses_may_be_off()
    {
        using var host = Build(("AzureWebJobs:SendBitrixLead:Disabled", "true"), ("AzureWebJobs:SendTelegramMessage:Disabled", "false"));
        var switches = host.Services.GetRequiredService<SenderSwitches>();

        Assert.Empty(switches.Problems(Assert.Single(host.Services.GetRequiredService<PipelineCatalog>().All)));
        Assert.Equal(["SendBitrixLead"], switches.Off("bitrix"));
        Assert.Single(switches.Problems(["bitrix", "telegram", "nobody"]));
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Pipelines:main:Webhook:Secret"] = "an-invented-webhook-secret",
            ["Pipelines:main:Uon:ApiKey"] = "an-invented-key",
            ["Pipelines:main:Telegram:BotToken"] = "123456789:" + new string('x', 35),
            ["Pipelines:main:Telegram:ChatId"] = "-1001234567",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.AddUonOfferum();
        return builder.Build();
    }
}
