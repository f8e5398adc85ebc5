using System.Security.Cryptography;

namespace UonOfferum.OperationsFunction.Console;

/// <summary>A file of the page, embedded in this assembly by the build.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="ContentType">By its ending.</param>
/// <param name="Content">The bytes.</param>
/// <param name="ETag">Quoted; changes with the content.</param>
internal sealed record ConsoleFile(string Name, string ContentType, ReadOnlyMemory<byte> Content, string ETag)
{
    private const string Prefix = "console/";

    /// <summary>All files, by name; none when the build ran without npm.</summary>
    public static IReadOnlyDictionary<string, ConsoleFile> ReadAll() => Read().ToDictionary(file => file.Name, StringComparer.Ordinal);

    private static IEnumerable<ConsoleFile> Read()
    {
        var assembly = typeof(ConsoleFile).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var bytes = content.ToArray();
            yield return new ConsoleFile(resource[Prefix.Length..], TypeOf(resource), bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        }
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
