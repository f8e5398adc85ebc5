using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>Several instances on one storage, each with the same clock, which moves only when it is told to.</summary>
public sealed class PublicationReachTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Name = "main";

    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(10);

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly List<PipelineServices> _instances = [];

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = azurite.NewAccount() };
        for (var n = 0; n < 3; n++)
        {
            var instance = new PipelineServices(settings, _time);
            _instances.Add(instance);
            foreach (var service in instance.Provider.GetServices<IHostedService>())
            {
                await service.StartAsync(None);
            }
        }
    }

    [Fact]
    public async Task A_revision_is_in_force_everywhere_ten_seconds_after_publication()
    {
        var maker = _instances[0].Provider.GetRequiredService<PipelineMaker>();
        Assert.True(await maker.MakeAsync(Name, "Заявки", Settings(), [], by: null, None));

        for (var revision = 1; revision <= 3; revision++)
        {
            await PublishAsync();
            Assert.Equal(revision, InForce(_instances[0]));
            _time.Advance(MaxDelay);

            // The clock stands still from here on: what was not asked within this delay is never asked.
            foreach (var instance in _instances.Skip(1))
            {
                await WaitForAsync(instance, revision);
            }
        }
    }

    private async Task PublishAsync()
    {
        var request = new DefaultHttpContext { RequestServices = _instances[0].Provider }.Request;
        var answer = await _instances[0].Provider.GetRequiredService<PublishEndpoint>().PublishAsync(request, Name, None);
        Assert.Equal(StatusCodes.Status200OK, ((IStatusCodeHttpResult)answer).StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task WaitForAsync(PipelineServices instance, int revision)
    {
        using var patience = new CancellationTokenSource(TestTimeouts.Operation);
        while (InForce(instance) != revision)
        {
            Assert.False(patience.IsCancellationRequested, $"Revision {revision} did not arrive: {InForce(instance)} is in force.");
            await Task.Delay(20, None);
        }
    }

    private static int? InForce(PipelineServices instance) =>
        instance.Provider.GetRequiredService<PipelineCatalog>().TryFind(Name, out var pipeline) ? pipeline.Revision : null;

    private static JsonObject Settings() => new()
    {
        ["Uon"] = new JsonObject { ["ApiKey"] = "an-invented-key-of-u-on" },
        ["Offerum"] = new JsonObject { ["ApiKey"] = "an-invented-key-of-offerum", ["Flow"] = "flow-1" },
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            foreach (var service in instance.Provider.GetServices<IHostedService>())
            {
                await service.StopAsync(None);
            }

            await instance.DisposeAsync();
        }
    }
}
