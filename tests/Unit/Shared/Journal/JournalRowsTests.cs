using System.Text.Json;
using CsCheck;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Tests.Unit.Shared.Journal;

public sealed class JournalRowsTests
{
    /// <summary>What table storage takes in one string property, in UTF-16 characters.</summary>
    private const int CellOfStorage = 32_768;

    private const int RowOfStorage = 1024 * 1024;

    private static readonly Gen<DateTimeOffset> Time = Gen.Long[0, TimeSpan.TicksPerDay * 9_000]
        .Select(ticks => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks));

    private static readonly Gen<DateTimeOffset?> TimeOrNone = Gen.OneOf(Gen.Const((DateTimeOffset?)null), Time.Select(t => (DateTimeOffset?)t));

    private static readonly Gen<DeliveryState> State = Gen.OneOf(Enum.GetValues<DeliveryState>());

    private static readonly Gen<EnrichmentState> Enrichment = Gen.OneOf(Enum.GetValues<EnrichmentState>());

    private static readonly Gen<OperationError?> Error = Gen.OneOf(
        Gen.Const((OperationError?)null),
        Gen.Select(Texts.Of(300), Gen.OneOf("uncertain", "offerum-rejected"))
            .Select((message, code) => (OperationError?)new OperationError(code, message, Some.Destination)));

    [Fact]
    public void An_operation_comes_back_from_its_row_as_it_was() =>
        Operations(fieldLength: 120, bodyLength: 200).Sample(operation =>
        {
            var row = JournalRows.Write(operation, JournalKeys.Operation(operation.Id.RecordId), whole: true);

            Assert.Equal(Shown(operation), Shown(JournalRows.Read(row)));
            Assert.Equal(("main|lead", $"r|{JournalKeys.Inverted(operation.Id.RecordId)}"), (row.PartitionKey, row.RowKey));
        });

    [Fact]
    public void An_index_row_carries_the_operation_without_its_story_and_bodies() =>
        Operations(fieldLength: 120, bodyLength: 200).Sample(operation =>
        {
            var row = JournalRows.Write(operation, JournalKeys.State(operation.State, operation.ReceivedAt, operation.Id.RecordId), whole: false);
            var expected = operation with
            {
                Events = [],
                Webhook = null,
                Deliveries = operation.Deliveries.ConvertAll(d => d with { ReplyBody = null }),
            };

            Assert.Equal(Shown(expected), Shown(JournalRows.Read(row)));
        });

    [Fact]
    public void Nothing_a_client_types_makes_a_cell_that_storage_refuses() =>
        Operations(fieldLength: 1_000, bodyLength: 4_000).Sample(
            operation =>
            {
                var row = JournalRows.Write(operation, "r|1", whole: true);

                Assert.All(Cells(row), text => Assert.True(text.Length < CellOfStorage, $"{text.Length} characters"));
                Assert.True(Cells(row).Sum(text => text.Length * 2) < RowOfStorage);
                Assert.Equal(Shown(operation), Shown(JournalRows.Read(row)));
            },
            iter: 40);

    [Fact]
    public void The_longest_fields_in_the_costliest_letters_come_back()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 500));
        var operation = Some.Operation(Some.Delivery(DeliveryState.Enriched)) with
        {
            Fields = Some.Fields([.. Enumerable.Range(0, FieldSet.MaxTotalLength / 1_000).Select(i => ($"field_{i}", emoji))]),
        };

        var row = JournalRows.Write(operation, "r|1", whole: true);

        Assert.All(Cells(row), text => Assert.True(text.Length < CellOfStorage));
        Assert.Equal(Shown(operation), Shown(JournalRows.Read(row)));
    }

    [Fact]
    public void Cyrillic_stays_readable_in_storage_and_a_plus_is_not_escaped()
    {
        var row = JournalRows.Write(Some.Operation(), "r|1", whole: true);

        Assert.Contains("\"client_name\":\"Анна\"", row.GetString("Fields"), StringComparison.Ordinal);
        Assert.Contains("\"phone\":\"+79000000001\"", row.GetString("Fields"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_comes_back_from_its_row_as_it_was() =>
        Gen.Select(Time, Gen.Int[1, 9], Gen.OneOf(Gen.Const((ClaimResult?)null), Gen.OneOf(Enum.GetValues<ClaimResult>()).Select(r => (ClaimResult?)r)), Texts.OrNull(100), Gen.Int[100, 599])
            .Sample((lease, sends, result, orderId, status) =>
            {
                var claim = new Claim
                {
                    Destination = Some.Destination,
                    Owner = "0011223344556677",
                    LeaseUntil = lease,
                    Sends = sends,
                    Result = result,
                    OrderId = orderId,
                    ReplyStatus = result is null ? null : status,
                    ETag = new Azure.ETag("W/\"1\""),
                };
                var row = JournalRows.Write(new OperationId("main", RecordKind.Lead, 48213), claim);
                row.ETag = claim.ETag;

                Assert.Equal(claim, JournalRows.ReadClaim(row));
                Assert.Equal(("main|lead", "d|999999999999951786|offerum"), (row.PartitionKey, row.RowKey));
            });

    [Fact]
    public void A_delivery_that_may_have_arrived_keeps_its_stored_name()
    {
        var operation = Some.Operation(Some.Delivery(DeliveryState.Sending) with { MayHaveArrived = true });

        var row = JournalRows.Write(operation, "row", whole: true);

        Assert.Contains("\"doubtful\":true", JournalCells.Get(row, "Deliveries"), StringComparison.Ordinal);
        Assert.True(JournalRows.Read(row).DeliveryTo(Some.Destination)!.MayHaveArrived);
    }

    private static Gen<Operation> Operations(int fieldLength, int bodyLength) =>
        Gen.Select(Fields(fieldLength), Deliveries(bodyLength), Head, Gen.Select(Texts.OrNull(400), Texts.OrNull(200), Error)).Select((fields, deliveries, head, more) =>
        {
            var (details, client, error) = more;
            return head with
            {
                Fields = fields,
                Deliveries = [.. deliveries.DistinctBy(d => d.Destination)],
                EnrichError = error is null ? null : error with { Stage = Stages.Enrich },
                Events = head.WithEvent(Some.Now, EventNames.Edited, details).Events,
                Webhook = client is null ? null : new WebhookMetadata
                {
                    EventType = client.Length % 2 == 0 ? null : client.Length,
                    ReceivedAt = head.ReceivedAt,
                    Reconciled = client.Length % 3 == 0,
                    Client = client.Length == 0 ? null : new Dictionary<string, string> { ["u_name"] = client },
                },
                Postback = details is null ? null : new Postback("approved", details, client, Some.Now),
            };
        });

    private static Gen<RecordFields> Fields(int length) =>
        Gen.Select(Gen.OneOf(FieldDefaults.Names.ToArray()), Texts.Of(length)).Array[0, 20]
            .Select(fields => Some.Fields([.. fields.Select(f => (f.Item1, f.Item2))]));

    private static Gen<Delivery[]> Deliveries(int bodyLength) =>
        Gen.Select(
                Gen.Select(Gen.OneOf(Some.Destination, Some.Other, "third"), State, Gen.Int[1, 90], TimeOrNone),
                Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool, Texts.OrNull(100)),
                Gen.Select(Gen.Int[100, 599], Texts.OrNull(bodyLength), Error))
            .Select((who, counts, reply) => new Delivery
            {
                Destination = who.Item1,
                State = who.Item2,
                Attempt = who.Item3,
                NextTryAt = who.Item2 switch { DeliveryState.Uncertain => null, DeliveryState.UncertainResending => who.Item4 ?? Some.Now, _ => who.Item4 },
                Tries = counts.Item1,
                Sends = counts.Item2,
                MayHaveArrived = counts.Item3,
                OrderId = counts.Item4,
                ReplyStatus = reply.Item2 is null ? null : reply.Item1,
                ReplyBody = reply.Item2,
                Error = reply.Item3,
            })
            .Array[0, 3];

    private static Gen<Operation> Head =>
        Gen.Select(Gen.Long[1, OperationId.MaxRecordId], Enrichment, Gen.Int[1, 99], Gen.Select(Time, Time, TimeOrNone), Gen.Bool).Select((id, state, count, times, traced) =>
            new Operation
            {
                Id = new OperationId("main", RecordKind.Lead, id),
                Run = Some.Run,
                Attempt = count,
                Enrichment = state,
                Waits = count % 5,
                Retries = count % 7,
                ReceivedAt = times.Item1,
                UpdatedAt = times.Item2,
                EnrichAt = times.Item3,
                FetchFor = traced ? null : [Some.Destination, Some.Other],
                Traceparent = traced ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" : null,
            });

    private static IEnumerable<string> Cells(IDictionary<string, object> row) => row.Values.OfType<string>();

    /// <summary>Every property, by reflection: what a row forgets is missing here.</summary>
    private static string Shown(Operation operation) => JsonSerializer.Serialize(operation);
}
