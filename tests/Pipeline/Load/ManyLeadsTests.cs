using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Load;

public sealed class ManyLeadsTests(AzuriteFixture azurite)
{
    private const int Count = 200;

    [SlowFact]
    public async Task Two_hundred_leads_at_once_make_two_hundred_orders_and_stories()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        app.Uon.Latency = app.Offerum.Latency = TimeSpan.FromMilliseconds(50);
        for (var id = 1; id <= Count; id++)
        {
            app.Uon.Leads.Put(UonRecord.Lead(id));
        }

        var answers = await Task.WhenAll(Enumerable.Range(1, Count).Select(id => app.SendWebhookAsync(id)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        await app.Offerum.WaitForAcceptedAsync(Count, timeout.Token);
        await app.WaitUntilQuietAsync();

        Assert.Equal(Count, app.Offerum.Orders.Total);
        Assert.Equal(Enumerable.Range(1, Count).Select(id => $"lead-{id}").Order(StringComparer.Ordinal), app.Offerum.AcceptedBySubId().Keys.Order(StringComparer.Ordinal));
        Assert.All(app.Offerum.AcceptedBySubId().Values, orders => Assert.Equal(1, orders));
        var listed = (await app.Http.GetFromJsonAsync<JsonElement>("operations?take=500")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Count, listed.Count);
        Assert.All(listed, operation => Assert.Equal("Delivered", operation.State()));
        Assert.All(listed, operation => Assert.NotNull(operation.Delivery().Text("orderId")));
        foreach (var id in Enumerable.Range(1, Count))
        {
            Assert.Equal("webhook fetched enriched claimed sent delivered", (await app.OperationAsync("lead", id))!.Value.Events());
        }
    }
}
