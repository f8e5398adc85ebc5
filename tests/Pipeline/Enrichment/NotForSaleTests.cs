using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Enrichment;

/// <summary>Records that are not sold (rule 12), and why.</summary>
public sealed class NotForSaleTests(NotForSaleTests.Apps apps) : IClassFixture<NotForSaleTests.Apps>
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private readonly PipelineApp _app = apps.App;

    [Fact]
    public async Task A_record_older_than_the_limit_is_skipped()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(201, TimeProvider.System.GetUtcNow() - Month - TimeSpan.FromHours(1)));

        var operation = await ComesToAsync("main", 201, "Skipped", "too-old");

        Assert.Equal("webhook skipped", operation.Events());
        Assert.NotNull(operation.Field("phone") ?? operation.Field("client_phone"));
    }

    [Fact]
    public async Task A_record_just_within_the_limit_is_sold()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(202, TimeProvider.System.GetUtcNow() - Month + TimeSpan.FromHours(1)));

        await ComesToAsync("main", 202, "Delivered", null);
    }

    [Fact]
    public async Task A_skipped_record_is_looked_at_again_when_its_webhook_comes_again()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(203, TimeProvider.System.GetUtcNow() - 2 * Month));
        await ComesToAsync("main", 203, "Skipped", "too-old");
        _app.Uon.Leads.Put(UonRecord.Lead(203));

        var operation = await ComesToAsync("main", 203, "Delivered", null);

        Assert.Equal("webhook skipped webhook fetched enriched claimed sent delivered", operation.Events());
    }

    [Theory]
    [InlineData(211, "не указан")]
    [InlineData(212, "+7 999 12")]
    [InlineData(213, "8 (437) 123-45-67")]
    public async Task A_phone_that_is_none_fails_at_once(long id, string shown)
    {
        _app.Uon.Leads.Put(UonRecord.Lead(id).WithPhone(shown, null));

        var operation = await ComesToAsync("main", id, "Failed", "bad-phone");

        Assert.Equal("webhook failed", operation.Events());
    }

    [Theory]
    [InlineData(221, "status_id", "7", "Skipped")]
    [InlineData(222, "status", "Дубль", "Skipped")]
    [InlineData(223, "source", "", "Skipped")]
    [InlineData(224, "status_id", "5", "Delivered")]
    public async Task A_record_that_the_filter_does_not_let_pass_is_skipped(long id, string field, string value, string state)
    {
        _app.Uon.Leads.Put(UonRecord.Lead(id).With(field, value));

        var operation = await ComesToAsync(Apps.Filtered, id, state, state == "Skipped" ? "filtered" : null);

        if (state == "Skipped")
        {
            Assert.Contains(field, operation.GetProperty("error").Text("message"), StringComparison.Ordinal);
            Assert.Empty(_app.Offerum.Sent($"lead-{id}"));
        }
    }

    [Fact]
    public async Task What_the_filter_skipped_is_looked_at_again_at_its_next_webhook()
    {
        _app.Uon.Leads.Put(UonRecord.Lead(231).With("status_id", "7"));
        var skipped = await ComesToAsync(Apps.Filtered, 231, "Skipped", "filtered");
        Assert.StartsWith("The record does not pass the filter 'status_id'", skipped.GetProperty("error").Text("message"), StringComparison.Ordinal);

        _app.Uon.Leads.Put(UonRecord.Lead(231).With("status_id", "1"));
        await ComesToAsync(Apps.Filtered, 231, "Delivered", null);

        Assert.Single(_app.Offerum.Sent("lead-231"));
    }

    private async Task<System.Text.Json.JsonElement> ComesToAsync(string pipeline, long id, string state, string? code)
    {
        using var answer = await _app.SendWebhookAsync(id, pipeline: pipeline);
        answer.EnsureSuccessStatusCode();
        var operation = await _app.WaitForAsync($"{pipeline}/lead/{id}", state);
        Assert.Equal(code, operation.ErrorCode());
        return operation;
    }

    public sealed class Apps(AzuriteFixture azurite) : SharedApp(azurite)
    {
        public const string Filtered = "filtered";

        protected override PipelineAppSetup Setup => new()
        {
            Pipelines = [PipelineApp.Name, Filtered],
            Settings =
            [
                ($"Pipelines:{Filtered}:Filter:0:Field", "status_id"),
                ($"Pipelines:{Filtered}:Filter:0:In", "1,5"),
                ($"Pipelines:{Filtered}:Filter:1:Field", "status"),
                ($"Pipelines:{Filtered}:Filter:1:NotIn", "Дубль,СПАМ"),
                ($"Pipelines:{Filtered}:Filter:2:Field", "source"),
                ($"Pipelines:{Filtered}:Filter:2:Exists", "true"),
            ],
        };
    }
}
