using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Costs;

/// <summary>
/// What a lead costs in storage requests. The counts are exact: one that grows is a regression; for one that falls, lower the number
/// here and in docs/performance.md.
/// </summary>
public sealed class CostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_delivered_lead_costs_ten_requests_when_it_comes_alone()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);

        var bill = await pipeline.BillAsync(() => pipeline.DeliverAsync(2));

        Assert.Equal("10: 2 Send, 2 Receive, 2 Delete, 1 ReadRow, 3 Batch", bill.ToString());
    }

    [Fact]
    public async Task A_webhook_without_its_type_costs_one_read_more()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        pipeline.App.Uon.Leads.Put(UonRecord.Lead(2));

        var bill = await pipeline.BillAsync(async () =>
        {
            using var answer = await pipeline.App.Http.PostAsync($"uon/main/{PipelineApp.Secret}?r_id=2", content: null);
        });

        Assert.Equal("11: 2 Send, 2 Receive, 2 Delete, 2 ReadRow, 3 Batch", bill.ToString());
    }

    [Fact]
    public async Task Leads_that_come_together_share_their_receives()
    {
        const int Leads = 200;
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        pipeline.App.Uon.Latency = pipeline.App.Offerum.Latency = TimeSpan.FromMilliseconds(50);

        var bill = await pipeline.BillAsync(() => Task.WhenAll(Enumerable.Range(2, Leads).Select(id => pipeline.DeliverAsync(id))));

        Assert.True(bill.Total <= 8.5 * Leads, $"{bill.Total / (double)Leads:0.00} requests a lead. {bill}");
    }

    [Fact]
    public async Task A_webhook_that_leads_nowhere_costs_no_more_than_its_trace()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);

        Assert.Equal("0", (await pipeline.BillAsync(() => pipeline.SendWebhookAsync(5, eventType: 3))).ToString());
        Assert.Equal("1: 1 WriteRow", (await pipeline.BillAsync(() => pipeline.SendWebhookAsync(0))).ToString());
    }

    [Fact]
    public async Task A_repeated_webhook_costs_a_line_in_the_story()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);

        var bill = await pipeline.BillAsync(() => pipeline.SendWebhookAsync(1));

        Assert.Equal("6: 1 Send, 1 Receive, 1 Delete, 1 ReadRow, 1 WriteRow, 1 Batch", bill.ToString());
    }

    [Fact]
    public async Task A_try_that_failed_at_uon_costs_five_requests_more()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        pipeline.App.Uon.Leads.Faults(2).Set(UonFault.ServerError, Repeat.Once);

        var bill = await pipeline.BillAsync(() => pipeline.DeliverAsync(2));

        Assert.Equal("15: 3 Send, 3 Receive, 3 Delete, 2 ReadRow, 4 Batch", bill.ToString());
    }

    [Fact]
    public async Task An_order_that_is_tried_again_reads_its_claim_too()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        pipeline.App.Offerum.ForSubId("lead-2").Set(OfferumReplyKind.ServerError, Repeat.Once);

        var bill = await pipeline.BillAsync(() => pipeline.DeliverAsync(2));

        Assert.Equal("17: 3 Send, 3 Receive, 3 Delete, 3 ReadRow, 5 Batch", bill.ToString());
    }

    [Fact]
    public async Task A_rejected_order_costs_the_way_through_the_poison_queue()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        pipeline.App.Offerum.ForSubId("lead-2").Set(OfferumReplyKind.NameError);

        var bill = await pipeline.BillAsync(() => pipeline.DeliverAsync(2));

        Assert.Equal("14: 3 Send, 3 Receive, 3 Delete, 2 ReadRow, 3 Batch", bill.ToString());
    }

    [Fact]
    public async Task A_record_that_never_appears_costs_its_looks_and_the_poison_queue()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);

        var bill = await pipeline.BillAsync(() => pipeline.SendWebhookAsync(2));

        Assert.Equal("18: 4 Send, 4 Receive, 4 Delete, 3 ReadRow, 3 Batch", bill.ToString());
    }

    [Fact]
    public async Task A_lead_at_an_open_breaker_costs_its_row_and_no_message()
    {
        await using var pipeline = await MeteredPipeline.StartAsync(azurite);
        (await pipeline.App.Http.PostAsync($"pipelines/{PipelineApp.Name}/pause", null)).EnsureSuccessStatusCode();

        var bill = await pipeline.BillAsync(() => pipeline.DeliverAsync(2));

        Assert.Equal("4: 1 Send, 1 Receive, 1 Delete, 1 Batch", bill.ToString());
    }
}
