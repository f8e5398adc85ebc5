using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Time.Testing;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.Destinations;

/// <summary>One destination as its module registers it, with the settings of its example and a stub for the other side.</summary>
internal sealed class DestinationUnderTest : IDisposable
{
    private readonly ServiceProvider _services;

    public DestinationUnderTest(string name, params (string Key, string Value)[] settings)
    {
        Module = UonOfferumApp.Destinations.Single(module => module.Name == name);
        Example = DestinationExamples.For(name);
        Pipeline = Read(Module, [.. Example.Settings, .. settings]);
        Server.Answer = _ => Example.Accepted;
        var services = new ServiceCollection();
        services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<DestinationRateLimiter>()
            .AddSingleton<TrustingClients>()
            // A destination may keep rows of its own; none of the examples does.
            .AddSingleton(new TableServiceClient("UseDevelopmentStorage=true"))
            .AddSingleton<JournalTable>();
        Module.Register(services);
        services.PostConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = Server));
        _services = services.BuildServiceProvider();
        Destination = Assert.Single(_services.GetServices<IDestination>());
    }

    public DestinationModule Module { get; }

    public DestinationExample Example { get; }

    public IDestination Destination { get; }

    public Pipeline Pipeline { get; }

    public StubServer Server { get; } = new();

    public FakeTimeProvider Time { get; } = new(Some.Now);

    public T Service<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<DeliveryReply> SendAsync(int sends = 1) => Destination.SendAsync(Pipeline, Order(sends), TestContext.Current.CancellationToken);

    public Operation Order(int sends = 1) => Some.Operation(Some.Delivery(DeliveryState.Sending, Module.Name) with { Sends = sends });

    public void Dispose() => _services.Dispose();

    public static Pipeline Read(DestinationModule module, IEnumerable<(string Key, string Value)> settings)
    {
        IEnumerable<(string Key, string Value)> all =
            [("Webhook:Secret", "secret-of-the-webhook"), ("Uon:ApiKey", "k"), .. settings.Select(s => ($"{module.Settings.Section}:{s.Key}", s.Value))];
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(all.Select(s => KeyValuePair.Create("Pipelines:main:" + s.Key, (string?)s.Value)))
            .Build();
        return PipelineReader
            .Read(configuration, [], [new SettingsPart(UonSettings.Section, (reader, _) => UonSettings.Read(reader)), .. UonOfferumApp.Destinations.Select(d => d.Settings)])
            .Get("main");
    }
}
