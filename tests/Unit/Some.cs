using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Messaging;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit;

/// <summary>Valid things with nothing special about them. The people are invented.</summary>
internal static class Some
{
    public const string Destination = "offerum";
    public const string Other = "other-network";

    public const string OlderRun = "01950000-0000-7000-8000-000000000001";
    public const string Run = "01950000-0000-7000-8000-000000000002";
    public const string NewerRun = "01950000-0000-7000-8000-000000000003";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static readonly DeliveryPolicy Resend = new(
        TimeSpan.FromSeconds(30), [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2)], UncertainPolicy.Resend);

    public static readonly DeliveryPolicy Hold = Resend with { Uncertain = UncertainPolicy.Hold };

    /// <summary>The fields that are read by default.</summary>
    public static readonly FieldSet FieldSet = FieldSet.Parse(
        new Dictionary<string, string>(StringComparer.Ordinal), TimeZoneInfo.Utc, (key, problem) => throw new InvalidOperationException($"{key} {problem}"));

    public static RecordFields Fields(params (string Name, string Value)[] fields) =>
        RecordFields.Empty.With(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    /// <summary>An operation whose deliveries carry the story.</summary>
    public static Operation Operation(params Delivery[] deliveries) => deliveries.Aggregate(Enriching(EnrichmentState.Enriched), (o, d) => o.With(d));

    /// <summary>An operation without deliveries.</summary>
    public static Operation Enriching(EnrichmentState enrichment, int attempt = 1) => new Operation
    {
        Id = new OperationId("main", RecordKind.Lead, 48213),
        Run = Run,
        Attempt = attempt,
        Enrichment = enrichment,
        ReceivedAt = Now.AddMinutes(-10),
        UpdatedAt = Now.AddMinutes(-10),
        Fields = Fields(("phone", "+79000000001"), ("country", "RU"), ("client_name", "Анна")),
    }.WithEvent(Now.AddMinutes(-10), EventNames.Webhook, "type_id 1");

    public static Delivery Delivery(DeliveryState state, string destination = Destination) =>
        new() { Destination = destination, State = state, Attempt = 2 };

    public static WebhookMetadata Webhook(params (string Name, string Value)[] client) =>
        new() { ReceivedAt = Now, Client = client.Length > 0 ? client.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal) : null };

    public static StageMessage Message(string run = Run, int attempt = 1) => new()
    {
        Pipeline = "main",
        Kind = RecordKind.Lead,
        Id = 48213,
        Run = run,
        Attempt = attempt,
    };
}
