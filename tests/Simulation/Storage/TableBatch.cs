using System.Globalization;
using System.Text;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>Batches of the table service: <c>multipart/mixed</c> with one change set, applied atomically.</summary>
internal static class TableBatch
{
    private const int MaxChanges = 100;
    private const string Line = "\r\n";

    public static StorageReply Answer(StorageRequest request, TableApi api)
    {
        var changes = request.Changes.ConvertAll(c => c.Change);
        if (changes.Count is 0 or > MaxChanges || changes.Exists(c => c.Partition != changes[0].Partition))
        {
            return Wrap([Part400("InvalidInput", 0)]);
        }

        if (api.Table(request.Changes[0].Table) is not { } table)
        {
            return Wrap([Failure(StorageReply.TableError(404, "TableNotFound", "0:The table specified does not exist."))]);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (!seen.Add(changes[i].Key))
            {
                return Wrap([Part400("InvalidDuplicateRow", i)]);
            }

            if (table.Refusal(changes[i]) is { } refusal)
            {
                var code = refusal.Headers["x-ms-error-code"];
                return Wrap([Failure(StorageReply.TableError(refusal.Status, code, string.Create(CultureInfo.InvariantCulture, $"{i}:{code}")))]);
            }
        }

        return Wrap(changes.ConvertAll(c => Success(api.Apply(table, c))));
    }

    /// <summary>The row keys of a batch, for the history.</summary>
    public static string Describe(StorageRequest request) =>
        string.Join(' ', request.Changes.ConvertAll(c =>
        {
            var change = c.Change;
            var sign = change.Kind switch { RowChangeKind.Insert => "+", RowChangeKind.Delete => "-", _ => change.IfMatch is null or "*" ? "=" : "~" };
            return sign + change.Key;
        }));

    /// <summary>The answer to a batch rejected at its first change.</summary>
    public static StorageReply Refused(int status, string code) => Wrap([Failure(StorageReply.TableError(status, code, "0:" + code))]);

    public static List<(string Table, RowChange Change)> Read(ReadOnlyMemory<byte> batch)
    {
        var parts = new List<(string, RowChange)>();
        foreach (var piece in Encoding.UTF8.GetString(batch.Span).Split("Content-Type: application/http", StringSplitOptions.None).Skip(1))
        {
            var requestAt = piece.IndexOf(Line + Line, StringComparison.Ordinal) + 4;
            var headersEnd = piece.IndexOf(Line + Line, requestAt, StringComparison.Ordinal);
            var lines = piece[requestAt..headersEnd].Split(Line);
            var (method, address) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
            var path = Uri.UnescapeDataString(new Uri(address).AbsolutePath.TrimStart('/'));
            var ifMatch = lines.FirstOrDefault(l => l.StartsWith("If-Match:", StringComparison.OrdinalIgnoreCase))?[9..].Trim();
            var bodyEnd = piece.IndexOf(Line + "--changeset", headersEnd, StringComparison.Ordinal);
            var body = piece[(headersEnd + 4)..Math.Max(headersEnd + 4, bodyEnd < 0 ? piece.Length : bodyEnd)].Trim();
            parts.Add((TableApi.TableOf(path), TableApi.Change(method, path, ifMatch, Encoding.UTF8.GetBytes(body))));
        }

        return parts;
    }

    private static string Success(StoredRow? row) =>
        "HTTP/1.1 204 No Content" + Line + "DataServiceVersion: 1.0;" + Line + (row is null ? "" : $"ETag: {row.ETag}{Line}") + Line;

    private static string Failure(StorageReply reply) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Refused{Line}Content-Type: application/json;odata=minimalmetadata{Line}{Line}{reply.Body}");

    private static string Part400(string code, int index) => Failure(StorageReply.TableError(400, code, string.Create(CultureInfo.InvariantCulture, $"{index}:{code}")));

    private static StorageReply Wrap(List<string> parts)
    {
        var body = new StringBuilder("--batchresponse_1").Append(Line).Append("Content-Type: multipart/mixed; boundary=changesetresponse_1").Append(Line).Append(Line);
        foreach (var part in parts)
        {
            body.Append("--changesetresponse_1").Append(Line)
                .Append("Content-Type: application/http").Append(Line)
                .Append("Content-Transfer-Encoding: binary").Append(Line).Append(Line)
                .Append(part).Append(Line);
        }

        body.Append("--changesetresponse_1--").Append(Line).Append("--batchresponse_1--").Append(Line);
        return new StorageReply(202, body.ToString()) { ContentType = "multipart/mixed; boundary=batchresponse_1" };
    }
}
