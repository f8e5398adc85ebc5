using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>A filtered list as CSV for a spreadsheet: RFC 4180 with a byte order mark. Phones and e-mails are masked, as in the list.</summary>
public sealed partial class OperationCsv(OperationSearch search, PipelineCatalog pipelines)
{
    public const int MaxRows = 10_000;

    /// <summary>Header of a response that was truncated at <see cref="MaxRows"/>.</summary>
    public const string MoreHeader = "X-More";

    private static readonly (string Name, Func<OperationView, string, string?> Value)[] Columns =
    [
        ("id", (o, _) => o.Id),
        ("state", (o, _) => o.State),
        ("receivedAt", (o, _) => Time(o.ReceivedAt)),
        ("updatedAt", (o, _) => Time(o.UpdatedAt)),
        ("errorCode", (o, _) => o.Error?.Code),
        ("errorMessage", (o, language) => o.Error is { } error ? SentenceCatalog.Translate(error.Message, language) : null),
        ("client", (o, _) => o.Fields.GetValueOrDefault("name")),
        ("phone", (o, _) => o.Fields.GetValueOrDefault(PhoneIndex.PhoneField)),
        ("destination", (o, _) => Each(o, d => d.Destination)),
        ("orderId", (o, _) => Each(o, d => d.OrderId)),
        ("attempts", (o, _) => Each(o, d => d.Attempts.ToString(CultureInfo.InvariantCulture))),
        ("httpStatus", (o, _) => Each(o, d => d.Reply?.Status.ToString(CultureInfo.InvariantCulture))),
        ("postback", (o, _) => o.Postback?.Status),
        ("payout", (o, _) => o.Postback?.Payout),
        ("currency", (o, _) => o.Postback?.Currency),
        ("postbackAt", (o, _) => o.Postback is { } postback ? Time(postback.At) : null),
    ];

    /// <param name="query">The list's.</param>
    /// <param name="last">What the list shows after the operations.</param>
    /// <param name="language">Of the messages; the columns and the codes are the same in each.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async Task<IResult> ExportAsync(OperationQuery query, IReadOnlyList<OperationView> last, string language, CancellationToken cancellationToken)
    {
        var text = Begin();
        var rows = 0;
        var next = query with { Take = OperationQuery.MaxTake };
        while (rows < MaxRows)
        {
            var page = await search.FindAsync(next, cancellationToken);
            Add(text, page.Select(o => OperationView.Of(o, pipelines)), language);
            rows += page.Count;
            if (page.Count < next.Take)
            {
                Add(text, last, language);
                return new Answer(text.ToString(), More: false);
            }

            next = next with { After = OperationCursor.Of(page[^1]) };
        }

        return new Answer(text.ToString(), More: last.Count > 0 || (await search.FindAsync(next with { Take = 1 }, cancellationToken)).Count > 0);
    }

    /// <summary>A list without pages: of each pipeline at most <see cref="OperationQuery.MaxTake"/> were read.</summary>
    internal static IResult Of(IReadOnlyCollection<OperationView> items, string language)
    {
        var text = Begin();
        Add(text, items, language);
        return new Answer(text.ToString(), More: items.GroupBy(o => o.Pipeline, StringComparer.Ordinal).Any(g => g.Count() >= OperationQuery.MaxTake));
    }

    private static StringBuilder Begin()
    {
        var text = new StringBuilder().Append('\uFEFF');
        Line(text, Columns.Select(c => (string?)c.Name));
        return text;
    }

    private static void Add(StringBuilder text, IEnumerable<OperationView> items, string language)
    {
        foreach (var item in items)
        {
            Line(text, Columns.Select(c => c.Value(item, language)));
        }
    }

    internal static void Line(StringBuilder text, IEnumerable<string?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        // Spreadsheets execute a cell that begins like a formula, and the content is untrusted. A spreadsheet may split cells at another
        // separator than ours, so the text after any separator counts as the beginning of a cell, too.
        value = Formula().Replace(value, "'");
        return value.AsSpan().IndexOfAny(Quoted) < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    /// <summary>The beginning of a cell, also for readers with another separator; blanks and quotes may precede the sign.</summary>
    [GeneratedRegex(@"(?<=^|[,;\t\r\n])(?=[\s\""']*[=+\-@])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Formula();

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Each(OperationView operation, Func<DeliveryView, string?> value) =>
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
