using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

/// <summary>A simulator of Offerum's network for each test, and a client of it.</summary>
public abstract class OfferumSimulatorTest : IAsyncLifetime
{
    protected HttpClient Http { get; } = new();

    protected OfferumSimulator Offerum { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Offerum = await OfferumSimulator.StartAsync(null, TestContext.Current.CancellationToken);
        Http.BaseAddress = Offerum.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Offerum.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
