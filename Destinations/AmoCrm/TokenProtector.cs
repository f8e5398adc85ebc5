using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace UonOfferum.Destinations.AmoCrm;

/// <param name="Access">Sent with each request.</param>
/// <param name="Refresh">Works once.</param>
/// <param name="Since">When amoCRM issued the pair.</param>
/// <param name="Until">When the access token ends.</param>
internal sealed record TokenPair(string Access, string Refresh, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Without the tokens.</summary>
    public override string ToString() => nameof(TokenPair);
}

/// <summary>
/// Encrypts a pair of tokens with AES-GCM. The key is derived from the integration's client secret, which is in the settings only, so the table
/// reveals no token.
/// </summary>
internal sealed class TokenProtector : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _aes;
    private readonly byte[] _context;

    public TokenProtector(Uri account, AmoOAuth oauth)
    {
        _context = Encoding.UTF8.GetBytes($"{account.Authority}|{oauth.ClientId}");
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(oauth.ClientSecret), 32, salt: _context, info: "amo tokens"u8.ToArray());
        _aes = new AesGcm(key, TagSize);
        Row = Convert.ToHexStringLower(SHA256.HashData(_context))[..32];
        Seed = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(oauth.RefreshToken)))[..32];
    }

    /// <summary>Row key: one for each account and integration.</summary>
    public string Row { get; }

    /// <summary>Hash of the refresh token in the settings.</summary>
    public string Seed { get; }

    public byte[] Protect(TokenPair pair)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(pair);
        var blob = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(blob.AsSpan(0, NonceSize));
        _aes.Encrypt(blob.AsSpan(0, NonceSize), plain, blob.AsSpan(NonceSize + TagSize), blob.AsSpan(NonceSize, TagSize), _context);
        return blob;
    }

    /// <summary>Null when there is none, or when it was protected under another secret.</summary>
    public TokenPair? Unprotect(byte[]? blob)
    {
        if (blob is null || blob.Length <= NonceSize + TagSize)
        {
            return null;
        }

        var plain = new byte[blob.Length - NonceSize - TagSize];
        try
        {
            _aes.Decrypt(blob.AsSpan(0, NonceSize), blob.AsSpan(NonceSize + TagSize), blob.AsSpan(NonceSize, TagSize), plain, _context);
            return JsonSerializer.Deserialize<TokenPair>(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _aes.Dispose();
}
