using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;
using UonOfferum.Shared.Storage;
using Operation = UonOfferum.Shared.Journal.Operation;

namespace UonOfferum.Shared.Deliveries;

/// <summary>
/// Who sells a person to an account: the table <c>persons</c>, a row for each account and phone, hashed with <c>Journal:IndexKey</c>.
/// The row is written before the claim and never given back: whether it still counts is judged by what became of the operation it names.
/// </summary>
public sealed class Persons(TableServiceClient service, PhoneIndex phones, JournalStore journal, TimeProvider time)
{
    public const string TableName = "persons";

    private const string Row = "seller";
    private const string Pipeline = "Pipeline", Kind = "Kind", RecordId = "RecordId", Since = "Since";

    private readonly TableClient _table = service.GetTableClient(TableName);

    /// <summary>Null: this operation may sell the person. Else the operation that does, or did within the window.</summary>
    public async Task<OperationId?> OtherSellerAsync(Pipeline pipeline, IDestination destination, Operation operation, CancellationToken cancellationToken)
    {
        var window = destination.Policy(pipeline).SamePerson;
        if (window == TimeSpan.Zero || operation.Fields[PhoneIndex.PhoneField] is not { } phone || operation.DeliveryTo(destination.Name) is { Doubtful: true })
        {
            // An order in doubt may be the one that was sold: its own rules decide.
            return null;
        }

        var key = await phones.HashAsync($"{destination.Name}|{destination.Account(pipeline)}|{phone}", cancellationToken);
        var own = new TableEntity(key, Row)
        {
            [Pipeline] = operation.Id.Pipeline,
            [Kind] = operation.Id.Kind.ToString(),
            [RecordId] = operation.Id.RecordId,
            [Since] = time.GetUtcNow(),
        };
        while (!await AddAsync(own, cancellationToken))
        {
            if (await _table.GetEntityIfExistsAsync<TableEntity>(key, Row, cancellationToken: cancellationToken) is not { HasValue: true, Value: { } row })
            {
                continue;
            }

            var seller = new OperationId(row.GetString(Pipeline), Enum.Parse<RecordKind>(row.GetString(Kind)), row.GetInt64(RecordId)!.Value);
            if (seller != operation.Id && row.GetDateTimeOffset(Since) + window > time.GetUtcNow() && Counts(await StateOfAsync(seller, destination, cancellationToken)))
            {
                return seller;
            }

            // Its own row is written anew, too: whoever judged this operation by an earlier state then loses the race for the row.
            if (await ReplaceAsync(own, row.ETag, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether an operation in this state keeps others from selling the person: it has sold, it will go on, or nobody knows.</summary>
    internal static bool Counts(OperationState? state) => state is { } known && (known.IsSold() || known.IsOpen() || known == OperationState.Unconfirmed);

    private async Task<OperationState?> StateOfAsync(OperationId seller, IDestination destination, CancellationToken cancellationToken) =>
        await journal.ReadAsync(seller, cancellationToken) is { Operation: var operation }
            ? operation.DeliveryTo(destination.Name)?.State ?? operation.State
            : null;

    private async Task<bool> AddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await StorageSetup.WithMissingMadeAsync(
                () => _table.AddEntityAsync(row, cancellationToken), () => _table.CreateIfNotExistsAsync(cancellationToken), TableErrorCode.TableNotFound.ToString());
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(TableEntity row, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }
}
