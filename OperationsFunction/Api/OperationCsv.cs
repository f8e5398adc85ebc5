using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>A filtered list as a table for a spreadsheet: RFC 4180 with a byte order mark. Phones and e-mails are masked, as in the list.</summary>
public sealed class OperationCsv(OperationSearch search)
{
    public const int MaxRows = 10_000;

    /// <summary>Header of an answer that was cut at <see cref="MaxRows"/>.</summary>
    public const string MoreHeader = "X-More";

    private static readonly (string Name, Func<Operation, string?> Value)[] Columns =
    [
        ("id", o => o.Id.ToString()),
        ("state", o => o.State.ToString()),
        ("receivedAt", o => Time(o.ReceivedAt)),
        ("updatedAt", o => Time(o.UpdatedAt)),
        ("errorCode", o => o.Error?.Code),
        ("errorMessage", o => o.Error?.Message),
        ("client", o => o.Fields["name"] is { } name ? Mask.Text(name) : null),
        ("phone", o => o.Fields[PhoneIndex.PhoneField] is { } phone ? Mask.Phone(phone) : null),
        ("destination", o => Each(o, d => d.Destination)),
        ("orderId", o => Each(o, d => d.OrderId)),
        ("attempts", o => Each(o, d => d.Sends.ToString(CultureInfo.InvariantCulture))),
        ("httpStatus", o => Each(o, d => d.ReplyStatus?.ToString(CultureInfo.InvariantCulture))),
        ("postback", o => o.Postback?.Status),
        ("payout", o => o.Postback?.Payout),
        ("currency", o => o.Postback?.Currency),
        ("postbackAt", o => o.Postback is { } postback ? Time(postback.At) : null),
    ];

    internal async Task<IResult> ExportAsync(OperationQuery query, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().Append('\uFEFF');
        Line(text, Columns.Select(c => (string?)c.Name));
        var rows = 0;
        var next = query with { Take = OperationQuery.MaxTake };
        while (rows < MaxRows)
        {
            var page = await search.FindAsync(next, cancellationToken);
            foreach (var operation in page)
            {
                Line(text, Columns.Select(c => c.Value(operation)));
            }

            rows += page.Count;
            if (page.Count < next.Take)
            {
                return new Answer(text.ToString(), More: false);
            }

            next = next with { After = OperationCursor.Of(page[^1]) };
        }

        return new Answer(text.ToString(), More: (await search.FindAsync(next with { Take = 1 }, cancellationToken)).Count > 0);
    }

    internal static void Line(StringBuilder text, IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        // A cell that begins like a formula is run by spreadsheets, and what stands in it came from strangers.
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
        {
            value = "'" + value;
        }

        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Each(Operation operation, Func<Delivery, string?> value) =>
        string.Join(' ', operation.Deliveries.Select(value).Where(v => v is { Length: > 0 }));

    private sealed record Answer(string Text, bool More) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/csv; charset=utf-8";
            response.Headers.ContentDisposition = "attachment; filename=operations.csv";
            if (More)
            {
                response.Headers[MoreHeader] = "true";
            }

            return response.WriteAsync(Text, Encoding.UTF8, httpContext.RequestAborted);
        }
    }
}
