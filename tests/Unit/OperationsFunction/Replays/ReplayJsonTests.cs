using System.Text.Json;
using UonOfferum.OperationsFunction.Replays;

namespace UonOfferum.Tests.Unit.OperationsFunction.Replays;

public sealed class ReplayJsonTests
{
    [Fact]
    public void A_stored_replay_keeps_its_older_names()
    {
        var replay = new Replay
        {
            Id = "a replay",
            Query = new ReplayQuery(null, null, null, null, null, null),
            From = "send",
            PerMinute = 60,
            StartedAt = Some.Now,
            State = ReplayState.Running,
            Total = 2,
            Checkpoint = "0/a row",
            InFlight = ["main/lead/1"],
        };

        var stored = JsonSerializer.Serialize(replay, ReplayContext.Default.Replay);

        Assert.Contains("\"place\":\"0/a row\"", stored, StringComparison.Ordinal);
        Assert.Contains("\"underWay\":[\"main/lead/1\"]", stored, StringComparison.Ordinal);
        Assert.Equal(["main/lead/1"], JsonSerializer.Deserialize(stored, ReplayContext.Default.Replay)!.InFlight);
    }
}
