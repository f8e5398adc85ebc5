using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>Stands where the sockets would be, for every HTTP client of one instance.</summary>
internal sealed class OutsideHandler(World world, Instance instance) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new OutsideCall(instance, request, world);
        await using var registration = cancellationToken.UnsafeRegister(state => ((OutsideCall)state!).Cancel(), call);
        world.Ask(call);
        return await call.Done.ConfigureAwait(false);
    }
}
