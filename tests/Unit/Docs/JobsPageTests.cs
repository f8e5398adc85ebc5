using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UonOfferum.Shared.Jobs;
using UonOfferum.Tests.Unit.Architecture;

namespace UonOfferum.Tests.Unit.Docs;

public sealed class JobsPageTests
{
    [Fact]
    public void The_operations_page_lists_every_job_with_its_rhythm_and_no_other()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Pipelines:main:Webhook:Secret"] = "an-invented-webhook-secret",
            ["Pipelines:main:Uon:ApiKey"] = "an-invented-key",
            ["Pipelines:main:Offerum:ApiKey"] = "an-invented-key",
            ["Pipelines:main:Offerum:Flow"] = "zkVz",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        });
        builder.AddUonOfferum();
        using var host = builder.Build();
        var expected = host.Services.GetRequiredService<JobRunner>().Jobs.Select(job => $"| `{job.Name}` | {Words(job.Schedule.Every)} |");

        var page = Repository.Read("docs/operations.md");
        var section = page[page.IndexOf("\n## Jobs\n", StringComparison.Ordinal)..page.IndexOf("\n## States\n", StringComparison.Ordinal)];
        Assert.Equal(expected, section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split('|')[..3]) + "|"));
    }

    private static string Words(TimeSpan every) => every switch
    {
        { TotalDays: >= 1 } => FormattableString.Invariant($"{every.TotalDays} d"),
        { TotalHours: >= 1 } => FormattableString.Invariant($"{every.TotalHours} h"),
        { TotalMinutes: >= 1 } => FormattableString.Invariant($"{every.TotalMinutes} min"),
        _ => FormattableString.Invariant($"{every.TotalSeconds} s"),
    };
}
