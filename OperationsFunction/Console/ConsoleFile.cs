using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace UonOfferum.OperationsFunction.Console;

/// <summary>A file of the page, embedded in this assembly by the build.</summary>
/// <param name="ContentType">By its ending.</param>
/// <param name="Contents">As it is, and compressed; the smallest first.</param>
internal sealed record ConsoleFile(string ContentType, IReadOnlyList<ConsoleContent> Contents)
{
    private const string Prefix = "console/";

    // By the endings that build.mjs gives them.
    private static readonly (string Ending, string? Encoding)[] Encodings = [(".br", "br"), (".gz", "gzip"), ("", null)];

    /// <summary>All files, by name without a folder; none when the build ran without npm.</summary>
    public static IReadOnlyDictionary<string, ConsoleFile> ReadAll()
    {
        var resources = typeof(ConsoleFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return resources
            .Where(name => !name.EndsWith(".br", StringComparison.Ordinal) && !name.EndsWith(".gz", StringComparison.Ordinal))
            .ToDictionary(
                name => name[Prefix.Length..],
                name => new ConsoleFile(TypeOf(name), [.. Encodings.Where(e => resources.Contains(name + e.Ending)).Select(e => Read(name + e.Ending, e.Encoding))]),
                StringComparer.Ordinal);
    }

    /// <summary>The smallest content that the client can read.</summary>
    /// <param name="accepted">Its <c>Accept-Encoding</c>; quality 0 refuses an encoding (RFC 9110, 12.5.3).</param>
    public ConsoleContent For(IList<StringWithQualityHeaderValue> accepted) => Contents.First(content => content.Encoding is not { } encoding
        || accepted.Any(a => a.Quality != 0 && a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)));

    private static ConsoleContent Read(string resource, string? encoding)
    {
        using var stream = typeof(ConsoleFile).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        return new ConsoleContent(encoding, bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}

/// <summary>One form of a file.</summary>
/// <param name="Encoding">As <c>Content-Encoding</c> names it; null: as it is.</param>
/// <param name="ETag">Quoted; changes with the bytes, so each encoding has its own.</param>
internal sealed record ConsoleContent(string? Encoding, ReadOnlyMemory<byte> Bytes, string ETag);
