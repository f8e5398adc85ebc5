using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

/// <summary>Rule 3 for the enrichment: redelivered messages and repeated webhooks.</summary>
public sealed class EnrichStepsTests
{
    private const int Current = 3;

    /// <summary>For a message of the current run, by the state of the enrichment.</summary>
    private static readonly IReadOnlyList<string[]> SameRun = Table.Rows(
        """
        enrichment   attempt  next-try  step
        -------------------------------------------
        Waiting      current  none      Work
        Waiting      current  past      Work
        Waiting      current  in-1s     Work
        Waiting      current  later     Republish
        Waiting      passed   any       Republish
        Failed       current  any       GiveUp
        Failed       passed   any       Drop
        Held         any      any       Drop
        Skipped      any      any       Drop
        Discarded    any      any       Drop
        """);

    /// <summary>For a newer webhook, by the state the world sees.</summary>
    private static readonly IReadOnlyList<string[]> NewerRun = Table.Rows(
        """
        state        step
        -----------------------
        Waiting      BeginIfChanged
        Rejected     BeginIfChanged
        Skipped      Begin
        Failed       Begin
        Uncertain    Note
        Unconfirmed  Note
        Held         Note
        Sending      Note
        Enriched     Note
        Duplicate    Note
        Delivered    Note
        Discarded    Note
        """);

    [Fact]
    public void A_message_of_the_run_in_force_does_what_the_table_says()
    {
        foreach (var (enrichment, attempt, due) in
            from row in SameRun.Skip(1)
            from attempt in new[] { "current", "passed" }
            from due in new[] { "none", "past", "in-1s", "later" }
            select (row[0], attempt, due))
        {
            var operation = Some.Enriching(Enum.Parse<EnrichmentState>(enrichment), Current) with
            {
                EnrichAt = due switch
                {
                    "past" => Some.Now.AddSeconds(-1),
                    "in-1s" => Some.Now.AddSeconds(1),
                    "later" => Some.Now.AddSeconds(1.1),
                    _ => null,
                },
            };

            var step = EnrichSteps.Next(operation, Some.Message(attempt: attempt == "current" ? Current : Current - 1), Some.Now);

            Assert.Equal([enrichment, attempt, due, Table.Row(SameRun, enrichment, attempt, due)[3]], [enrichment, attempt, due, step.ToString()]);
        }
    }

    [Fact]
    public void A_newer_webhook_does_what_the_table_says() =>
        Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.Equal(
            (state, Table.Row(NewerRun, state.Shown().ToString())[1]),
            (state, EnrichSteps.Next(Some.Operation(Some.Delivery(state)), Some.Message(Some.NewerRun), Some.Now).ToString())));

    [Fact]
    public void A_newer_webhook_for_a_record_that_is_waited_for_tries_now() =>
        Assert.Equal(
            EnrichStep.Begin,
            EnrichSteps.Next(Some.Enriching(EnrichmentState.Waiting) with { EnrichAt = Some.Now.AddHours(1) }, Some.Message(Some.NewerRun), Some.Now));

    [Fact]
    public void A_message_of_an_older_run_is_dropped_whatever_the_state() =>
        Assert.All(
            [.. Enum.GetValues<EnrichmentState>().Select(s => Some.Enriching(s)), .. Enum.GetValues<DeliveryState>().Select(s => Some.Operation(Some.Delivery(s)))],
            operation => Assert.Equal(EnrichStep.Drop, EnrichSteps.Next(operation, Some.Message(Some.OlderRun), Some.Now)));

    [Theory]
    [InlineData(EnrichmentState.Waiting, "", "u_phone", "Note")]
    [InlineData(EnrichmentState.Held, "", "u_phone", "Note")]
    [InlineData(EnrichmentState.Waiting, "u_name", "u_phone", "Republish")]
    [InlineData(EnrichmentState.Waiting, "", "", "Republish")]
    [InlineData(EnrichmentState.Enriched, "", "u_phone", "Drop")]
    public void An_overtaken_webhook_adds_the_client_that_is_unknown(EnrichmentState enrichment, string known, string said, string expected)
    {
        var operation = Some.Enriching(enrichment) with { Webhook = Client(known) };

        Assert.Equal(expected, EnrichSteps.Next(operation, Some.Message(Some.OlderRun) with { Webhook = Client(said) }, Some.Now).ToString());

        static WebhookMetadata Client(string name) => name.Length > 0 ? Some.Webhook((name, "x")) : Some.Webhook();
    }

    [Theory]
    [InlineData(DeliveryState.Enriched, true)]
    [InlineData(DeliveryState.Waiting, true)]
    [InlineData(DeliveryState.Sending, true)]
    [InlineData(DeliveryState.Held, false)]
    [InlineData(DeliveryState.Uncertain, false)]
    [InlineData(DeliveryState.Failed, false)]
    [InlineData(DeliveryState.Rejected, false)]
    [InlineData(DeliveryState.Delivered, false)]
    public void Once_the_record_is_read_a_redelivery_republishes_the_outbox(DeliveryState delivery, bool hasMessage) =>
        Assert.Equal(
            hasMessage ? EnrichStep.Republish : EnrichStep.Drop,
            EnrichSteps.Next(Some.Operation(Some.Delivery(delivery)), Some.Message(), Some.Now));

    [Theory]
    [InlineData(EnrichmentState.Skipped)]
    [InlineData(EnrichmentState.Discarded)]
    public void An_ended_enrichment_does_not_lose_a_deliverys_outbox_message(EnrichmentState enrichment) =>
        Assert.Equal(
            EnrichStep.Republish,
            EnrichSteps.Next(Some.Operation(Some.Delivery(DeliveryState.Waiting)) with { Enrichment = enrichment }, Some.Message(), Some.Now));

    [Fact]
    public void A_failed_delivery_does_not_lose_the_outbox_message_of_another() =>
        Assert.Equal(
            EnrichStep.Republish,
            EnrichSteps.Next(Some.Operation(Some.Delivery(DeliveryState.Failed), Some.Delivery(DeliveryState.Enriched, Some.Other)), Some.Message(), Some.Now));
}
