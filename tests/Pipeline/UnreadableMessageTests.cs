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

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonElement items;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            items = (await app.Http.GetFromJsonAsync<JsonElement>("operations?state=Failed", patience.Token)).GetProperty("items");
        }
        while (items.GetArrayLength() < 10);

        Assert.All(items.EnumerateArray(), item =>
        {
            Assert.Matches("^unreadable/(uon-records|offerum-orders)/", item.GetProperty("id").GetString());
            Assert.Equal("unreadable", item.GetProperty("error").GetProperty("code").GetString());
        });
        Assert.Equal(10, items.GetArrayLength());
    }
}
