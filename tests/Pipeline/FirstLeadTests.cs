using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

public sealed class FirstLeadTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_lead_travels_from_the_webhook_to_an_order()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        var record = UonRecord.Lead(48213);
        app.Uon.Leads.Put(record);

        using var answer = await app.SendWebhookAsync(48213);
        Assert.Equal("""{"status":"accepted","operation":"main/lead/48213"}""", await answer.Content.ReadAsStringAsync());

        var operation = await app.WaitForAsync("lead", 48213, "Delivered");
        var order = Assert.Single(app.Offerum.Sent("lead-48213"));
        Assert.Equal(order.Form["phone"], record.E164);
        TestContext.Current.TestOutputHelper?.WriteLine(operation.ToString());
    }
}
