using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>The client values of several webhooks of one record: each may contain the only phone.</summary>
public sealed class WebhookClientTests
{
    [Fact]
    public void A_later_webhook_without_a_client_keeps_the_earlier_one()
    {
        var current = Some.Enriching(EnrichmentState.Failed) with { Webhook = Some.Webhook(("u_phone", "1"), ("u_name", "Анна")) };

        Assert.Equal("u_name=Анна u_phone=1", Client(Begun(current, Some.Webhook())));
        Assert.Equal("u_phone=2", Client(Begun(current with { Parked = new ParkedRun(Some.Run, Some.Webhook(("u_phone", "2")), null) }, Some.Webhook())));
    }

    /// <summary>One person's name never gets another one's phone.</summary>
    [Fact]
    public void A_later_webhook_with_a_client_replaces_the_earlier_one()
    {
        var current = Some.Enriching(EnrichmentState.Failed) with { Webhook = Some.Webhook(("u_phone", "1"), ("u_name", "Анна")) };

        Assert.Equal("u_name=Вера", Client(Begun(current, Some.Webhook(("u_name", "Вера")))));
    }

    [Theory]
    [InlineData(EnrichmentState.Held, Some.NewerRun, true, "u_name=Вера u_phone=1")]
    [InlineData(EnrichmentState.Held, Some.OlderRun, true, "u_name=Анна")]
    [InlineData(EnrichmentState.Held, Some.OlderRun, false, "u_name=Вера u_phone=1")]
    [InlineData(EnrichmentState.Enriched, Some.NewerRun, true, "u_name=Анна")]
    public void A_noted_webhook_keeps_its_client_while_the_record_is_to_be_read(EnrichmentState enrichment, string run, bool isKnown, string expected)
    {
        var current = Some.Enriching(enrichment) with { Webhook = isKnown ? Some.Webhook(("u_name", "Анна")) : Some.Webhook() };

        var noted = EnrichResults.Note(current, Some.Message(run) with { Webhook = Some.Webhook(("u_name", "Вера"), ("u_phone", "1")) }, Some.Now);

        Assert.Equal((expected, "webhook"), (Client(noted.Webhook), noted.Events[^1].Name));
    }

    [Fact]
    public void A_second_parked_webhook_leaves_the_client_of_the_first()
    {
        var once = EnrichResults.Park(Some.Operation(), Some.Message(Some.NewerRun) with { Webhook = Some.Webhook(("u_phone", "1")) }, Some.Now);

        Assert.Equal("u_phone=1", Client(EnrichResults.Park(once, Some.Message(Some.NewerRun) with { Webhook = Some.Webhook() }, Some.Now).Parked!.Webhook));
    }

    [Fact]
    public void What_an_earlier_webhook_said_is_told_apart_from_what_this_one_says()
    {
        var joined = WebhookMetadata.Join(WebhookMetadata.Join(Some.Webhook(("u_phone", "1")), Some.Webhook()), Some.Webhook())!;

        Assert.Equal((null, "u_phone=1"), (joined.Client, Client(joined)));
    }

    private static WebhookMetadata? Begun(Operation current, WebhookMetadata webhook) =>
        EnrichResults.Begin(current, Some.Message(Some.NewerRun) with { Webhook = webhook }, current.Id, Some.Now).Webhook;

    private static string Client(WebhookMetadata? webhook) =>
        string.Join(' ', (webhook?.Client ?? webhook?.EarlierClient ?? new Dictionary<string, string>(StringComparer.Ordinal)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
