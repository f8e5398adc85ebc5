using System.Text;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>One REST request to a storage service, as it arrives there.</summary>
/// <param name="Service"><c>table</c> or <c>queue</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">The full address.</param>
/// <param name="IfMatch">The condition; null: none.</param>
/// <param name="Body">Empty if there is none.</param>
public sealed record StorageRequest(string Service, string Method, Uri Address, string? IfMatch, ReadOnlyMemory<byte> Body)
{
    /// <summary>The request's path without the first slash, unescaped.</summary>
    public string Path { get; } = Uri.UnescapeDataString(Address.AbsolutePath.TrimStart('/'));

    /// <summary>What a batch changes, and in which table.</summary>
    internal List<(string Table, RowChange Change)> Changes => field ??= TableBatch.Read(Body);
}

/// <summary>What the service answers.</summary>
public sealed record StorageReply(int Status, string Body = "")
{
    public const string Json = "application/json;odata=minimalmetadata";
    public const string Xml = "application/xml";

    public string ContentType { get; init; } = Json;

    public Dictionary<string, string> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Bytes => Encoding.UTF8.GetBytes(Body);

    /// <summary>An error of the table service.</summary>
    public static StorageReply TableError(int status, string code, string message = "") =>
        new(status, $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"{{{{message}}}}"}}}""")
        {
            Headers = { ["x-ms-error-code"] = code },
        };

    /// <summary>An error of the queue service.</summary>
    public static StorageReply QueueError(int status, string code) =>
        new(status, $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>")
        {
            ContentType = Xml,
            Headers = { ["x-ms-error-code"] = code },
        };
}
