using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace UonOfferum.AmoSenderFunction;

/// <param name="Access">Sent with each request.</param>
/// <param name="Refresh">Works once.</param>
/// <param name="Since">When amoCRM gave it.</param>
/// <param name="Until">When the access token ends.</param>
internal sealed record AmoPair(string Access, string Refresh, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Without the tokens.</summary>
    public override string ToString() => nameof(AmoPair);
}

/// <summary>
/// Encrypts a pair of tokens with AES-GCM, under a key made of the integration's own secret, which stands in the settings only: whoever reads
/// the table reads no token.
/// </summary>
internal sealed class AmoVault : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _aes;
    private readonly byte[] _place;

    public AmoVault(Uri account, AmoOAuth oauth)
    {
        _place = Encoding.UTF8.GetBytes($"{account.Authority}|{oauth.ClientId}");
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(oauth.ClientSecret), 32, salt: _place, info: "amo tokens"u8.ToArray());
        _aes = new AesGcm(key, TagSize);
        Row = Convert.ToHexStringLower(SHA256.HashData(_place))[..32];
        Seed = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(oauth.RefreshToken)))[..32];
    }

    /// <summary>Row key: one for each account and integration.</summary>
    public string Row { get; }

    /// <summary>Hash of the refresh token in the settings.</summary>
    public string Seed { get; }

    public byte[] Close(AmoPair pair)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(pair);
        var box = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        _aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), _place);
        return box;
    }

    /// <summary>Null when there is none, or when it was closed under another secret.</summary>
    public AmoPair? Open(byte[]? box)
    {
        if (box is null || box.Length <= NonceSize + TagSize)
        {
            return null;
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        try
        {
            _aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain, _place);
            return JsonSerializer.Deserialize<AmoPair>(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _aes.Dispose();
}
