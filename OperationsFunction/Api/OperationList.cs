using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Phones;
using UonOfferum.Shared.Pipelines;
using UonOfferum.Shared.Records;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>Answers lists: reads the query, searches, and pages.</summary>
public sealed class OperationList(OperationSearch search, OperationCsv csv, StrayList strays, PipelineCatalog pipelines)
{
    private const string RefusedState = "Refused";

    public async Task<IResult> GetAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var problem = Read(query, out var asked);
        if (problem is not null)
        {
            return Problems.BadRequest(problem);
        }

        if (AsksForRefused(query))
        {
            return Page(await strays.RefusedAsync(asked.Pipeline, OperationQuery.MaxTake, cancellationToken), null);
        }

        if (Text(query, "format") is { } format)
        {
            return format == "csv" ? await csv.ExportAsync(asked, cancellationToken) : Problems.BadRequest("format is csv, or is left out.");
        }

        var found = await search.FindAsync(asked with { Take = asked.Take + 1 }, cancellationToken);
        var page = found.Take(asked.Take).ToList();
        var items = page.Select(o => OperationView.Of(o, pipelines)).ToList();
        if (asked is { State: OperationState.Failed, Error: null or ErrorCodes.Unreadable, Pipeline: null, Kind: null, Phone: null, Text: null, From: null, To: null, After: null })
        {
            items.AddRange(await strays.UnreadableAsync(asked.Take, cancellationToken));
        }

        return Page(items, found.Count > page.Count ? OperationCursor.Of(page[^1]).Write() : null);
    }

    private static IResult Page(IReadOnlyList<OperationView> items, string? next) =>
        TypedResults.Json(new OperationPage(items, next), ApiJson.Types.OperationPage);

    /// <summary>What is wrong with the query, or null.</summary>
    private string? Read(IQueryCollection query, out OperationQuery asked)
    {
        asked = new OperationQuery { Pipeline = Text(query, "pipeline"), Text = Text(query, "text"), Error = Text(query, "error") };
        if (asked.Pipeline is { } name && !pipelines.Knows(name))
        {
            return $"There is no pipeline '{name}'. Known: {string.Join(", ", pipelines.Names)}.";
        }

        if (asked.Error is { } code && !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return "error is one of the codes that operations show, such as bad-phone.";
        }

        if (Text(query, "kind") is { } kindText)
        {
            if (!RecordKindNames.TryParse(kindText, out var kind))
            {
                return "kind is lead, request or auto.";
            }

            asked = asked with { Kind = kind };
        }

        if (Text(query, "state") is { } stateText && !AsksForRefused(query))
        {
            if (!Enum.TryParse<OperationState>(stateText, ignoreCase: true, out var state) || !Enum.IsDefined(state) || char.IsAsciiDigit(stateText[0]))
            {
                return $"state is one of {string.Join(", ", Enum.GetNames<OperationState>())}, {RefusedState}.";
            }

            asked = asked with { State = state };
        }

        return ReadTimes(query, ref asked) ?? ReadPhone(query, ref asked) ?? ReadPaging(query, ref asked);
    }

    private static string? ReadTimes(IQueryCollection query, ref OperationQuery asked)
    {
        if (!TryTime(query, "from", out var from) || !TryTime(query, "to", out var to))
        {
            return "from and to are times in ISO 8601, such as 2026-11-23T10:00:00Z.";
        }

        asked = asked with { From = from, To = to };
        return null;
    }

    private static string? ReadPhone(IQueryCollection query, ref OperationQuery asked)
    {
        if (Text(query, "phone") is not { } text)
        {
            return null;
        }

        if (!PhoneNumber.TryRead(text, "RU", out var phone))
        {
            return "phone is no phone number. Any spelling will do, with its area code.";
        }

        asked = asked with { Phone = phone.E164 };
        return null;
    }

    private static string? ReadPaging(IQueryCollection query, ref OperationQuery asked)
    {
        if (Text(query, "take") is { } takeText)
        {
            if (!int.TryParse(takeText, NumberStyles.None, CultureInfo.InvariantCulture, out var take) || take is < 1 or > OperationQuery.MaxTake)
            {
                return $"take is a number from 1 to {OperationQuery.MaxTake}.";
            }

            asked = asked with { Take = take };
        }

        if (Text(query, "cursor") is { } cursorText)
        {
            if (OperationCursor.Read(cursorText) is not { } cursor)
            {
                return "cursor is not one that a list gave as next. Begin without one.";
            }

            asked = asked with { After = cursor };
        }

        return null;
    }

    private static bool AsksForRefused(IQueryCollection query) => RefusedState.Equals(Text(query, "state"), StringComparison.OrdinalIgnoreCase);

    private static bool TryTime(IQueryCollection query, string name, out DateTimeOffset? time)
    {
        time = null;
        if (Text(query, name) is not { } text)
        {
            return true;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        time = value;
        return read;
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
