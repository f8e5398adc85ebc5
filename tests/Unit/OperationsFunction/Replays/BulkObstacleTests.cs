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
    [InlineData(null, null)]
    [InlineData("gone", "Pipeline 'gone' is no longer in the settings.")]
    public void It_waits_for_the_only_pipeline_that_it_covers(string? name, string? obstacle) => Expect(obstacle, Snapshot("broken"), name);

    [Theory]
    [InlineData("main", null)]
    [InlineData("made", "The pipelines made on the page have not been read yet.")]
    [InlineData(null, "The pipelines made on the page have not been read yet.")]
    public void It_waits_until_all_pipelines_are_read(string? name, string? obstacle) => Expect(obstacle, new PipelineSnapshot([Main], []) { IsComplete = false }, name);

    [Theory]
    [InlineData("broken", false, "broken")]
    [InlineData("broken", true, "")]
    [InlineData("Main Office", false, "")]
    public void It_may_end_without_archived_pipelines_and_impossible_names(string name, bool isArchived, string broken)
    {
        var pipelines = new PipelineSnapshot([Main], [new InvalidPipeline(name, [], [], ["Wrong."]) { IsArchived = isArchived }]);

        Assert.Equal(broken, string.Join(' ', BulkObstacle.Broken(pipelines)));
    }

    private static void Expect(string? obstacle, PipelineSnapshot pipelines, string? name)
    {
        var found = BulkObstacle.Find(pipelines, name);

        Assert.Equal(obstacle is null, found is null);
        Assert.StartsWith(obstacle ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static PipelineSnapshot Snapshot(params string[] invalid) => new([Main], [.. invalid.Select(name => new InvalidPipeline(name, [], [], ["Wrong."]))]);
}
