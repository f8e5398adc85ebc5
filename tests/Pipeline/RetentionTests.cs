using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline;

public sealed class RetentionTests(AzuriteFixture azurite)
{
    private const string Phone = "+79001112233";

    /// <summary>No circuit breaker is open here: the timer would rightly send what the tests put down as held.</summary>
    private static readonly (string Key, string? Value) HeldStays = ("Jobs:breakers:Disabled", "true");

    [Fact]
    public async Task People_leave_the_journal_in_time_and_are_still_not_sold_again()
    {
        await using var app = await PipelineApp.StartAsync(azurite, [HeldStays, ("Retention:PersonalData", "30.00:00:00")]);
        await PutAsync(app, 1, age: 31, DeliveryState.Delivered);
        await PutAsync(app, 2, age: 31, DeliveryState.Held);
        await PutAsync(app, 3, age: 29, DeliveryState.Delivered);
        await PutAsync(app, 4, age: 400, DeliveryState.Failed);

        await app.RunJobAsync("retention");
        var story = await app.WaitForAsync("main/lead/4", o => Fields(o) == 0, "lose its fields");

        Assert.Equal("Failed", story.State());
        var sold = await app.WaitForAsync("main/lead/1", o => Fields(o) == 0, "lose its fields");
        Assert.Equal("Delivered", sold.State());
        Assert.Equal("order-1", sold.Delivery().Text("orderId"));
        Assert.Equal(JsonValueKind.Null, sold.Delivery().GetProperty("reply").GetProperty("body").ValueKind);
        Assert.Equal(1, Fields((await app.OperationAsync("lead", 2))!.Value));
        Assert.Equal(1, Fields((await app.OperationAsync("lead", 3))!.Value));

        // Found by phone: the two that keep theirs.
        var found = await app.Http.GetFromJsonAsync<JsonElement>($"operations?phone={Uri.EscapeDataString(Phone)}");
        Assert.Equal(["main/lead/2", "main/lead/3"], found.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));

        app.Uon.Leads.Put(UonRecord.Lead(1));
        (await app.SendWebhookAsync(1)).Dispose();
        await app.WaitForAsync("main/lead/1", o => o.Events().EndsWith("webhook", StringComparison.Ordinal), "hear of its webhook");
        Assert.Empty(app.Offerum.AcceptedBySubId());
    }

    [Fact]
    public async Task What_was_still_under_way_is_stripped_by_a_later_run()
    {
        await using var app = await PipelineApp.StartAsync(azurite, HeldStays);
        await PutAsync(app, 1, age: 100, DeliveryState.Held);
        await PutAsync(app, 2, age: 120, DeliveryState.Skipped);
        await app.RunJobAsync("retention");
        await app.WaitForAsync("main/lead/2", o => Fields(o) == 0, "lose its fields");

        var journal = app.Services.GetRequiredService<JournalStore>();
        var held = (await journal.ReadAsync(new OperationId(PipelineApp.Name, RecordKind.Lead, 1), TestContext.Current.CancellationToken))!;
        Assert.NotNull(await journal.UpdateAsync(held, State(held.Operation, DeliveryState.Discarded), claim: null, TestContext.Current.CancellationToken));
        await app.RunJobAsync("retention");
        await app.WaitForAsync("main/lead/1", o => Fields(o) == 0, "lose its fields");
    }

    private static int Fields(JsonElement operation) => operation.GetProperty("fields").EnumerateObject().Count();

    private static async Task<JournalEntry> PutAsync(PipelineApp app, long id, int age, DeliveryState state)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-age);
        var operation = new Operation
        {
            Id = new OperationId(PipelineApp.Name, RecordKind.Lead, id),
            Run = Guid.CreateVersion7(at).ToString("D"),
            Attempt = 2,
            Enrichment = EnrichmentState.Enriched,
            ReceivedAt = at,
            UpdatedAt = at,
            Fields = RecordFields.Empty.With([new(PhoneIndex.PhoneField, Phone)]),
        };
        operation = operation.With(new Delivery
        {
            Destination = "offerum",
            State = state,
            Attempt = 2,
            Sends = 1,
            OrderId = $"order-{id}",
            ReplyStatus = 200,
            ReplyBody = $"{{\"phone\":\"{Phone}\"}}",
        });
        return await app.Services.GetRequiredService<JournalStore>().InsertAsync(operation, TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("It was there.");
    }

    private static Operation State(Operation operation, DeliveryState state) => operation.With(operation.Deliveries[0] with { State = state });
}
