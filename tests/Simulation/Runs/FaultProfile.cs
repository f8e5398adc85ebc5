using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>How hostile one world is. Some are calm but for one kind of fault: a rare bug hides behind frequent faults.</summary>
/// <param name="Calls">One call in so many meets a fault; 0: none.</param>
/// <param name="Kills">Of these, one in so many kills the instance; 0: none.</param>
/// <param name="Servers">U-ON and destinations: one request in so many; 0: none.</param>
/// <param name="Redeliveries">One step in so many gives a message out twice; 0: none.</param>
/// <param name="MaxSkew">How wrong a clock may be.</param>
/// <param name="MaxAnswer">How long a destination thinks about an order; less than any sender's patience.</param>
public sealed record FaultProfile(int Calls, int Kills, int Servers, int Redeliveries, TimeSpan MaxSkew, TimeSpan MaxAnswer)
{
    public static FaultProfile Of(Choices choices) => new(
        choices.Of(0, 400, 120, 60, 30, 15),
        choices.Of(0, 8, 4, 2),
        choices.Of(0, 12, 5, 3),
        choices.Of(0, 0, 300, 60),
        choices.Of(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2)),
        choices.Of(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(8)));

    public static readonly FaultProfile None = new(0, 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero);
}
