using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Destinations;

/// <summary>One webhook to four destinations, each of which is down once.</summary>
public sealed class FourDestinationsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string[] All = ["offerum", "http", "telegram", "bitrix"];

    private ManyDestinations _many = null!;

    public async ValueTask InitializeAsync() => _many = await ManyDestinations.StartAsync();

    public ValueTask DisposeAsync() => _many.DisposeAsync();

    [Theory]
    [InlineData("offerum")]
    [InlineData("http")]
    [InlineData("telegram")]
    [InlineData("bitrix")]
    public async Task Each_gets_one_order_the_one_that_was_down_later(string down)
    {
        await using var app = await PipelineApp.StartAsync(
            azurite,
            [.. _many.HttpSettings, .. _many.TelegramSettings, .. _many.BitrixSettings, ("Pipelines:main:Offerum:Retry", ManyDestinations.Soon)]);
        app.Uon.Leads.Put(UonRecord.Lead(1));
        var (goDown, comeBack) = SwitchOf(app, down);
        await goDown();

        using var answer = await app.SendWebhookAsync(1);
        await app.WaitForAsync(
            "main/lead/1", story => All.All(name => story.State(name) == (name == down ? "Waiting" : "Delivered")), "deliver to three and wait for the fourth");
        await comeBack();
        var story = await app.WaitForAsync("lead", 1, "Delivered");

        Assert.All(All, name => Assert.Equal("Delivered", story.State(name)));
        Assert.All(All.Where(name => name != down), name => Assert.Equal("claimed sent delivered", story.Events(name)));
        Assert.StartsWith("claimed retry ", story.Events(down), StringComparison.Ordinal);
        Assert.EndsWith("claimed sent delivered", story.Events(down), StringComparison.Ordinal);
        Assert.All(All, name => Assert.NotNull(story.Delivery(name).Text("orderId")));
        Assert.Single(app.Offerum.Sent("lead-1"));
        Assert.Single(_many.Http.Calls);
        Assert.Single(ManyDestinations.Messages(_many.Telegram));
        Assert.Single(ManyDestinations.Leads(_many.Bitrix));
    }

    private (Func<Task> Down, Func<Task> Back) SwitchOf(PipelineApp app, string name) => name switch
    {
        "http" => (_many.Http.GoDownAsync, () => _many.Http.ComeBackAsync(CancellationToken.None)),
        "telegram" => (_many.Telegram.GoDownAsync, () => _many.Telegram.ComeBackAsync(CancellationToken.None)),
        "bitrix" => (_many.Bitrix.GoDownAsync, () => _many.Bitrix.ComeBackAsync(CancellationToken.None)),
        _ => (app.Offerum.GoDownAsync, () => app.Offerum.ComeBackAsync(CancellationToken.None)),
    };
}
