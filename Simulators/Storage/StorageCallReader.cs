using System.Text;
using System.Text.RegularExpressions;

namespace UonOfferum.Simulators.Storage;

/// <summary>Classifies a request to the account by the request and its response. Addresses are those of an emulator: <c>/{account}/…</c>.</summary>
internal static partial class StorageCallReader
{
    public static StorageCall Queue(string method, string path, int status, ReadOnlySpan<byte> answer)
    {
        // {account}/{queue}/messages/{id}
        var parts = path.Trim('/').Split('/');
        var queue = parts.ElementAtOrDefault(1) ?? "";
        return (method, parts.Length) switch
        {
            ("GET", 3) => Received(queue, status, Occurrences(answer, "<QueueMessage>"u8)),
            ("POST", 3) => new(StorageCallKind.Send, queue, status, 1),
            ("DELETE", 4) => new(StorageCallKind.Delete, queue, status, 1),
            ("PUT", 4) => new(StorageCallKind.Hide, queue, status, 1),
            ("PUT", 2) => new(StorageCallKind.Create, queue, status, 1),
            // Microsoft's listener does this at each poll of a missing queue.
            ("GET" or "HEAD", 2) => new(StorageCallKind.EmptyReceive, queue, status, 0),
            _ => new(StorageCallKind.Other, queue, status, 1),
        };
    }

    public static StorageCall Table(string method, string path, string query, int status, ReadOnlySpan<byte> body, ReadOnlySpan<byte> answer)
    {
        // {account}/{table}(PartitionKey='…',RowKey='…')
        var name = Uri.UnescapeDataString(path.Trim('/').Split('/', 2).ElementAtOrDefault(1) ?? "");
        if (name == "$batch")
        {
            var first = BatchAddress().Match(Encoding.UTF8.GetString(body));
            return new(StorageCallKind.Batch, Partition(Uri.UnescapeDataString(first.Value)), status, Occurrences(body, " HTTP/1.1"u8));
        }

        if (name.StartsWith("Tables", StringComparison.Ordinal))
        {
            return new(method == "POST" ? StorageCallKind.Create : StorageCallKind.Other, name, status, 1);
        }

        var isRow = name.Contains("RowKey=", StringComparison.Ordinal);
        return (method, isRow) switch
        {
            ("GET", true) => new(StorageCallKind.ReadRow, Partition(name), status, 1),
            ("GET", false) => new(StorageCallKind.Query, Partition(Uri.UnescapeDataString(query)), status, Occurrences(answer, "\"RowKey\":"u8)),
            ("POST", false) => new(StorageCallKind.WriteRow, PartitionInBody(body), status, 1),
            (_, true) => new(StorageCallKind.WriteRow, Partition(name), status, 1),
            _ => new(StorageCallKind.Other, name, status, 1),
        };
    }

    private static StorageCall Received(string queue, int status, int count) =>
        new(count > 0 ? StorageCallKind.Receive : StorageCallKind.EmptyReceive, queue, status, count);

    private static string Partition(string text) => InKey().Match(text) is { Success: true } key ? key.Groups["name"].Value : "";

    private static string PartitionInBody(ReadOnlySpan<byte> body) =>
        InJson().Match(Encoding.UTF8.GetString(body)) is { Success: true } key ? key.Groups["name"].Value : "";

    private static int Occurrences(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var count = 0;
        for (var at = text.IndexOf(word); at >= 0; at = text.IndexOf(word))
        {
            count++;
            text = text[(at + word.Length)..];
        }

        return count;
    }

    [GeneratedRegex("PartitionKey(=| eq )'(?<name>[^']*)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InKey();

    [GeneratedRegex("\"PartitionKey\":\"(?<name>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InJson();

    [GeneratedRegex(@"PartitionKey=[^,]*,", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BatchAddress();
}
