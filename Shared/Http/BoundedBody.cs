using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace UonOfferum.Shared.Http;

/// <summary>Reads a body up to a limit, so that a misbehaving peer cannot exhaust the memory.</summary>
internal static class BoundedBody
{
    private const int Usual = 4096;
    private const int Smallest = 256;

    /// <returns>At most <paramref name="max"/> bytes; the rest is not read.</returns>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int max, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, max, (int)Math.Clamp(content.Headers.ContentLength ?? Usual, Math.Min(max, Smallest), max), cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(HttpContent, int, CancellationToken)"/>
    public static Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int max, CancellationToken cancellationToken) =>
        ReadAsync(stream, max, Math.Min(max, Usual), cancellationToken);

    /// <summary>Null when the first <paramref name="max"/> bytes are no such JSON.</summary>
    public static async Task<T?> ReadJsonAsync<T>(Stream stream, int max, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        var body = await ReadAsync(stream, max, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int max, int first, CancellationToken cancellationToken)
    {
        var buffer = new byte[first];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || length == max)
            {
                return buffer.AsMemory(0, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, max));
            }
        }
    }
}
