using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using UonOfferum.Shared.Telemetry;

namespace UonOfferum.Tests.Unit.Shared.Telemetry;

public sealed class TelemetryServicesTests
{
    private const string ToNowhere = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:9/;LiveEndpoint=http://127.0.0.1:9/";

    [Fact]
    public void Without_a_connection_string_and_an_endpoint_nothing_is_set_up()
    {
        using var host = Build();

        Assert.Null(host.Services.GetService<TracerProvider>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000002")]
    public void Application_Insights_gets_every_trace_and_not_five_a_second(string? identity)
    {
        using var host = Build((TelemetryServices.AzureSetting, ToNowhere), (TelemetryServices.AzureIdentitySetting, identity));
        Assert.NotNull(host.Services.GetService<TracerProvider>());

        for (var i = 0; i < 50; i++)
        {
            using var activity = Traces.Webhook("main");
            Assert.NotNull(activity);
            Assert.True(activity.Recorded);
            // Looked at, not sent.
            activity.ActivityTraceFlags = ActivityTraceFlags.None;
        }
    }

    [Theory]
    [InlineData(0, ActivityStatusCode.Ok, false)]
    [InlineData(0, ActivityStatusCode.Unset, true)]
    [InlineData(0, ActivityStatusCode.Error, true)]
    [InlineData(1, ActivityStatusCode.Ok, true)]
    public void Only_what_says_Ok_can_be_left_out(double ratio, ActivityStatusCode status, bool kept)
    {
        using var sampling = new SuccessSampling(ratio);

        Assert.Equal(kept, Ended(sampling, status));
    }

    [Fact]
    public void About_the_wanted_part_of_the_successes_is_kept()
    {
        using var sampling = new SuccessSampling(0.25);

        var kept = Enumerable.Range(0, 4000).Count(_ => Ended(sampling, ActivityStatusCode.Ok));

        Assert.InRange(kept, 800, 1200);
    }

    [Fact]
    public void At_load_a_tenth_of_spans_and_lines_survives_and_every_failure()
    {
        const double Ratio = 0.05;
        const int Leads = 2_000;
        using var sampling = new SuccessSampling(Ratio);
        var (spans, lines, failures) = (0, 0, 0);
        for (var lead = 0; lead < Leads; lead++)
        {
            using var activity = new Activity("a lead").SetIdFormat(ActivityIdFormat.W3C);
            activity.Start();
            lines += SuccessSampling.IsTold(LogLevel.Information, Ratio) ? 1 : 0;
            failures += SuccessSampling.IsTold(LogLevel.Warning, Ratio) ? 1 : 0;
            activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            activity.SetStatus(ActivityStatusCode.Ok);
            sampling.OnEnd(activity);
            spans += activity.Recorded ? 1 : 0;
        }

        // A trace is told as a whole or not at all.
        Assert.Equal(spans, lines);
        Assert.InRange(spans, 1, Leads / 10);
        Assert.Equal(Leads, failures);
        Assert.True(SuccessSampling.IsTold(LogLevel.Information, Ratio), "A line outside of any trace belongs to no lead.");
    }

    private static bool Ended(SuccessSampling sampling, ActivityStatusCode status)
    {
        using var activity = new Activity("a span").SetIdFormat(ActivityIdFormat.W3C);
        activity.Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.SetStatus(status);
        sampling.OnEnd(activity);
        return activity.Recorded;
    }

    private static IHost Build(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.AddTelemetry();
        return builder.Build();
    }
}
