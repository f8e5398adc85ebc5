using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Queues;

namespace UonOfferum.Tests.Pipeline;

public sealed class UnreadableMessageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Whatever_lies_on_a_queue_is_kept_where_people_look_and_stops_nothing()
    {
        await using var app = await PipelineApp.StartAsync(azurite);
        foreach (var name in new[] { "uon-records", "offerum-orders" })
        {
            var queue = app.Queue(name);
            await queue.CreateIfNotExistsAsync();
            await queue.SendMessageAsync("not json");
            await queue.SendMessageAsync("""{"order":"of somebody else"}""");
            await queue.SendMessageAsync("""{"v":99,"pipeline":"main","kind":"lead","id":1,"run":"01a20a25-4e40-7c51-9a03-956311cae9e5","attempt":1}""");
            await queue.SendMessageAsync(BinaryData.FromBytes(RandomNumberGenerator.GetBytes(48 * 1024)));
            await app.Queue(name, QueueMessageEncoding.None).SendMessageAsync("not base64 *");
        }

        var items = await Eventually.GetAsync(() => FailedAsync(app), failed => failed.GetArrayLength() >= 10);

        Assert.All(items.EnumerateArray(), item =>
        {
            Assert.Matches("^unreadable/(uon-records|offerum-orders)/", item.GetProperty("id").GetString());
            Assert.Equal("unreadable", item.GetProperty("error").GetProperty("code").GetString());
        });
        Assert.Equal(10, items.GetArrayLength());
    }

    [Fact]
    public async Task Garbage_is_given_up_at_its_first_delivery_can_be_read_and_is_put_away()
    {
        // Five tries would take two minutes.
        await using var app = await PipelineApp.StartAsync(azurite, ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:30"));
        byte[] bytes = [0xFF, 0xFE, 0x00, 0x80];
        await SendAsync(app, "uon-records", BinaryData.FromString("""{"заказ":"чужой"}"""));
        await SendAsync(app, "offerum-orders", BinaryData.FromBytes(bytes));

        var items = await IdsAsync(app, 2);

        Assert.Equal("""{"заказ":"чужой"}""", await RevealAsync(app, items.Single(i => i.StartsWith("unreadable/uon-records/", StringComparison.Ordinal))));
        var binary = items.Single(i => i.StartsWith("unreadable/offerum-orders/", StringComparison.Ordinal));
        Assert.Equal(Convert.ToBase64String(bytes), await RevealAsync(app, binary));

        Assert.Equal(HttpStatusCode.BadRequest, await ResolveAsync(app, binary, "delivered"));
        Assert.Equal(HttpStatusCode.OK, await ResolveAsync(app, binary, "discarded"));
        Assert.Equal(HttpStatusCode.NotFound, await ResolveAsync(app, binary, "discarded"));
        Assert.DoesNotContain(binary, await IdsAsync(app, 1));
    }

    [Theory]
    [InlineData("unreadable/uon-records/0000000000000000000-0123456789abcdef", HttpStatusCode.NotFound)]
    [InlineData("unreadable/journal/1", HttpStatusCode.NotFound)]
    [InlineData("unreadable/uon-records/a'b", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_cannot_be_shown(string id, HttpStatusCode expected)
    {
        await using var app = await PipelineApp.StartAsync(azurite);

        using var answer = await app.PostAsync($"operations/{id}/reveal", new { });

        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task SendAsync(PipelineApp app, string name, BinaryData body)
    {
        await app.Queue(name).CreateIfNotExistsAsync();
        await app.Queue(name).SendMessageAsync(body);
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(PipelineApp app, int count)
    {
        var items = await Eventually.GetAsync(() => FailedAsync(app), failed => failed.GetArrayLength() == count);
        return [.. items.EnumerateArray().Select(item => item.Text("id")!)];
    }

    private static async Task<JsonElement> FailedAsync(PipelineApp app) =>
        (await app.Http.GetFromJsonAsync<JsonElement>("operations?state=Failed")).GetProperty("items");

    private static async Task<string?> RevealAsync(PipelineApp app, string id)
    {
        using var answer = await app.PostAsync($"operations/{id}/reveal", new { by = "Мария" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("body");
    }

    private static async Task<HttpStatusCode> ResolveAsync(PipelineApp app, string id, string verdict)
    {
        using var answer = await app.PostAsync($"operations/{id}/resolve", new { @as = verdict });
        return answer.StatusCode;
    }
}
