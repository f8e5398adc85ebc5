using UonOfferum.Simulators;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>Finds the server by its host's name: U-ON and the destinations of each pipeline. There is nothing else out there.</summary>
internal sealed class Internet(Cabinet cabinet, IReadOnlyList<Shop> shops)
{
    public Cabinet Cabinet { get; } = cabinet;

    public IReadOnlyList<Shop> Shops { get; } = shops;

    public Answer Answer(OutsideRequest request)
    {
        var host = request.Address.Host.Split('.');
        return host[0] == "uon" ? Cabinet.Answer(request)
            : Shops.FirstOrDefault(s => s.Destination == host[0] && s.Pipeline == host[1]) is { } shop ? shop.Answer(request)
            : throw new InvalidOperationException($"Nobody is at {request.Address.Host}.");
    }

    /// <summary>From now on everything works.</summary>
    public void Calm()
    {
        (Cabinet.FaultEvery, Cabinet.DownUntil, Cabinet.KeyIsWrongUntil) = (0, default, default);
        foreach (var shop in Shops)
        {
            (shop.FaultEvery, shop.DownUntil, shop.KeyIsWrongUntil) = (0, default, default);
        }
    }

    public Shop? ShopOf(string pipeline, string destination) => Shops.FirstOrDefault(s => s.Pipeline == pipeline && s.Destination == destination);
}
