using UonOfferum.Simulators;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>Finds the server by its host's name: U-ON and the destinations of each pipeline. There is nothing else out there.</summary>
internal sealed class Internet(Cabinet cabinet, IReadOnlyList<Shop> shops)
{
    public Cabinet Cabinet { get; } = cabinet;

    public IReadOnlyList<Shop> Shops { get; } = shops;

    public Answer Answer(OutsideRequest request)
    {
        return request.Address.Host.StartsWith("uon.", StringComparison.Ordinal) ? Cabinet.Answer(request)
            : ShopAt(request.Address) is { } shop ? shop.Answer(request)
            : throw new InvalidOperationException($"Nobody is at {request.Address.Host}.");
    }

    /// <summary>How long an answer that is decided takes to leave; the cabinet's leaves at once.</summary>
    public TimeSpan ThinksAbout(Uri address) => ShopAt(address)?.Thinks() ?? TimeSpan.Zero;

    /// <summary>From now on everything works.</summary>
    public void Calm()
    {
        (Cabinet.FaultEvery, Cabinet.DownUntil, Cabinet.KeyIsWrongUntil) = (0, default, default);
        foreach (var shop in Shops)
        {
            (shop.FaultEvery, shop.DownUntil, shop.KeyIsWrongUntil, shop.MaxAnswer) = (0, default, default, default);
        }
    }

    public Shop? ShopOf(string pipeline, string destination) => Shops.FirstOrDefault(s => s.Pipeline == pipeline && s.Destination == destination);

    private Shop? ShopAt(Uri address) => address.Host.Split('.') is [var destination, var pipeline, ..] ? ShopOf(pipeline, destination) : null;
}
