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

    [Fact]
    public void A_replay_of_an_earlier_version_has_no_pace_yet()
    {
        var replay = JsonSerializer.Deserialize(
            """{"id":"a replay","query":{"state":"Failed"},"from":"send","perMinute":60,"startedAt":"2026-03-02T10:00:00+00:00","state":"Running","total":2,"done":1,"place":"0/a row","underWay":[]}""",
            ReplayContext.Default.Replay)!;

        Assert.Equal((null, null), (replay.Pace, replay.Finished));
    }
}
