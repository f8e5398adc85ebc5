namespace UonOfferum.Shared.Http;

/// <summary>Reads an answer's body up to a bound, so that a misbehaving server cannot fill the memory.</summary>
internal static class BoundedBody
{
    /// <returns>At most <paramref name="max"/> bytes; what came after them is not read.</returns>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int max, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(max, (int)Math.Clamp(content.Headers.ContentLength ?? 4096, 256, max))];
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
