using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Shared.Journal;

/// <summary>
/// Makes phones searchable without storing them in keys: an HMAC with <c>Journal:IndexKey</c>. On a laptop without that setting the
/// key is generated once and stored in the journal table itself, so that several processes on one storage account agree.
/// </summary>
public sealed class PhoneIndex(IConfiguration configuration, JournalTable table) : IDisposable
{
    public const string PhoneField = "phone";

    private const string KeyPartition = "local";
    private const string KeyRow = "index-key";

    private readonly SemaphoreSlim _making = new(1, 1);
    private byte[]? _key = configuration[HostWideSettings.IndexKey] is { Length: > 0 } set ? Encoding.UTF8.GetBytes(set) : null;

    /// <summary>Hash of the operation's phone; null when it has none.</summary>
    internal async ValueTask<string?> HashAsync(Operation operation, CancellationToken cancellationToken) =>
        operation.Fields[PhoneField] is { } phone ? await HashAsync(phone, cancellationToken) : null;

    /// <param name="phone">E.164.</param>
    public async ValueTask<string> HashAsync(string phone, CancellationToken cancellationToken)
    {
        var key = _key ?? await MakeKeyAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(phone)))[..32];
    }

    public void Dispose() => _making.Dispose();

    private async Task<byte[]> MakeKeyAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            while (_key is null)
            {
                if (await table.FindAsync(KeyPartition, KeyRow, cancellationToken) is { } row)
                {
                    _key = row.GetBinary("Key");
                    break;
                }

                await table.AddAsync(new TableEntity(KeyPartition, KeyRow) { ["Key"] = RandomNumberGenerator.GetBytes(32) }, cancellationToken);
            }

            return _key;
        }
        finally
        {
            _making.Release();
        }
    }
}
