using System.Globalization;
using Azure.Data.Tables;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Testing.Chaos;

/// <summary>An order claimed and without a result: what was in flight when the process died.</summary>
internal sealed record OpenClaim(long Lead, string Owner)
{
    /// <summary>Reads them from the journal's table, as nobody is there to ask.</summary>
    public static async Task<IReadOnlyList<OpenClaim>> ReadAsync(string storage, CancellationToken cancellationToken)
    {
        var table = new TableClient(storage, "journal");
        var partition = $"{TestBed.Pipeline}|lead";
        var claims = new List<OpenClaim>();
        await table.CreateIfNotExistsAsync(cancellationToken);
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge 'd|' and RowKey lt 'd}}'"), cancellationToken: cancellationToken))
        {
            if (row.GetString("Result") is null)
            {
                var inverted = long.Parse(row.RowKey.Split('|')[1], CultureInfo.InvariantCulture);
                claims.Add(new OpenClaim(OperationId.MaxRecordId - inverted, row.GetString("Owner")));
            }
        }

        return claims;
    }
}
