using UonOfferum.OperationsFunction.Replays;
using UonOfferum.Shared.Configuration;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.OperationsFunction.Replays;

/// <summary>A bulk run ends only when it has seen everything: until then it says what it waits for.</summary>
public sealed class BulkObstacleTests
{
    private static readonly Pipeline Main = TestPipelines.One();

    [Theory]
    [InlineData("main", null)]
    [InlineData("broken", "The settings of pipeline 'broken' cannot be used")]
    [InlineData(null, "The settings of pipeline 'broken' cannot be used")]
    [InlineData("gone", "Pipeline 'gone' is no longer in the settings.")]
    public void It_waits_for_the_pipelines_that_it_covers(string? name, string? obstacle) => Expect(obstacle, Snapshot("broken"), name);

    [Theory]
    [InlineData("main", null)]
    [InlineData("made", "The pipelines made on the page have not been read yet.")]
    [InlineData(null, "The pipelines made on the page have not been read yet.")]
    public void It_waits_until_all_pipelines_are_read(string? name, string? obstacle) => Expect(obstacle, new PipelineSnapshot([Main], []) { IsComplete = false }, name);

    [Fact]
    public void It_does_not_wait_for_a_name_that_no_operation_can_have() => Expect(null, Snapshot("Main Office"), null);

    [Theory]
    [InlineData(null, null)]
    [InlineData("broken", "The settings of pipeline 'broken' cannot be used")]
    public void It_waits_for_an_archived_pipeline_only_by_its_name(string? name, string? obstacle) =>
        Expect(obstacle, new PipelineSnapshot([Main], [new InvalidPipeline("broken", [], [], ["Wrong."]) { IsArchived = true }]), name);

    private static void Expect(string? obstacle, PipelineSnapshot pipelines, string? name)
    {
        var found = BulkObstacle.Find(pipelines, name);

        Assert.Equal(obstacle is null, found is null);
        Assert.StartsWith(obstacle ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static PipelineSnapshot Snapshot(params string[] invalid) => new([Main], [.. invalid.Select(name => new InvalidPipeline(name, [], [], ["Wrong."]))]);
}
