using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>The client values of several webhooks of one record: each may contain the only phone.</summary>
public sealed class WebhookClientTests
{
    [Fact]
    public void A_later_webhook_leaves_the_client_that_it_does_not_mention()
    {
        var current = Some.Enriching(EnrichmentState.Failed) with { Webhook = Some.Webhook(("u_phone", "1"), ("u_name", "Анна")), Parked = new ParkedRun(Some.Run, Some.Webhook(("u_email", "a@b.c")), null) };
        var message = Some.Message(Some.NewerRun) with { Webhook = Some.Webhook(("u_name", "Вера")) };

        var begun = EnrichResults.Begin(current, message, current.Id, Some.Now);
        var complete = EnrichResults.Complete(message, current);

        Assert.Equal("u_email=a@b.c u_name=Вера u_phone=1", Client(begun.Webhook));
        Assert.Equal("u_email=a@b.c u_name=Вера u_phone=1", Client(complete.Webhook));
        Assert.Same(complete, EnrichResults.Complete(complete, current));
        Assert.Same(message, EnrichResults.Complete(message, null));
    }

    [Theory]
    [InlineData(EnrichmentState.Held, Some.NewerRun, "u_name=Вера u_phone=1")]
    [InlineData(EnrichmentState.Held, Some.OlderRun, "u_name=Анна u_phone=1")]
    [InlineData(EnrichmentState.Enriched, Some.NewerRun, "u_name=Анна")]
    public void A_noted_webhook_keeps_its_client_while_the_record_is_to_be_read(EnrichmentState enrichment, string run, string expected)
    {
        var current = Some.Enriching(enrichment) with { Webhook = Some.Webhook(("u_name", "Анна")) };

        var noted = EnrichResults.Note(current, Some.Message(run) with { Webhook = Some.Webhook(("u_name", "Вера"), ("u_phone", "1")) }, Some.Now);

        Assert.Equal((expected, "webhook"), (Client(noted.Webhook), noted.Events[^1].Name));
    }

    [Fact]
    public void A_second_parked_webhook_leaves_the_client_of_the_first()
    {
        var once = EnrichResults.Park(Some.Operation(), Some.Message(Some.NewerRun) with { Webhook = Some.Webhook(("u_phone", "1")) }, Some.Now);

        Assert.Equal("u_phone=1", Client(EnrichResults.Park(once, Some.Message(Some.NewerRun) with { Webhook = Some.Webhook() }, Some.Now).Parked!.Webhook));
    }

    private static string Client(WebhookMetadata? webhook) =>
        string.Join(' ', (webhook?.Client ?? new Dictionary<string, string>(StringComparer.Ordinal)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
