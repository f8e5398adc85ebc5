using System.Globalization;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Queries;
using UonOfferum.OperationsFunction.Sentences;
using UonOfferum.OperationsFunction.Views;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Api;

/// <summary>Serves lists: reads the query, searches, and pages.</summary>
public sealed class OperationList(OperationSearch search, OperationCsv csv, OrphanedItems orphans, PipelineCatalog pipelines, PipelineRegistry registry)
{
    private const string RefusedState = "Refused";

    public async Task<IResult> GetAsync(IQueryCollection query, CancellationToken cancellationToken)
    {
        var ofFormat = ReadFormat(query, out var csvLanguage);
        var problem = Read(query, out var asked) ?? ofFormat;
        if (problem is null && asked.Pipeline is { } name)
        {
            problem = await registry.RefusalAsync(name, cancellationToken);
        }

        if (problem is not null)
        {
            return Problems.BadRequest(problem);
        }

        if (await OrphansAsync(query, asked, cancellationToken) is { } items)
        {
            return csvLanguage is null ? Page(items, null) : OperationCsv.Of(items, csvLanguage);
        }

        var showsUnreadable = asked is { State: OperationState.Failed, Error: null or ErrorCodes.Unreadable, Pipeline: null, Kind: null, Phones: [], Text: null, After: null };
        var unreadable = showsUnreadable ? await orphans.UnreadableAsync(asked.From, asked.To, csvLanguage is null ? asked.Take : OperationQuery.MaxTake, cancellationToken) : [];
        if (csvLanguage is not null)
        {
            return await csv.ExportAsync(asked, unreadable, csvLanguage, cancellationToken);
        }

        var found = await search.FindAsync(asked with { Take = asked.Take + 1 }, cancellationToken);
        var page = found.Take(asked.Take).ToList();
        return Page([.. page.Select(o => OperationView.Of(o, pipelines)), .. unreadable], found.Count > page.Count ? OperationCursor.Of(page[^1]).Write() : null);
    }

    /// <summary>The items of a state that no operation has; null when the query names none. Without pages: the newest of each pipeline.</summary>
    private async Task<IReadOnlyList<OperationView>?> OrphansAsync(IQueryCollection query, OperationQuery asked, CancellationToken cancellationToken)
    {
        var found = AsksFor(query, OrphanedItems.UnmatchedState) ? await orphans.UnmatchedAsync(asked.Pipeline, asked.From, asked.To, OperationQuery.MaxTake, cancellationToken)
            : AsksFor(query, RefusedState) ? await orphans.RefusedAsync(asked.Pipeline, asked.From, asked.To, OperationQuery.MaxTake, cancellationToken)
            : null;
        return asked.Error is { } error ? found?.Where(o => o.Error?.Code == error).ToList() : found;
    }

    private static IResult Page(IReadOnlyList<OperationView> items, string? next) =>
        TypedResults.Json(new OperationPage(items, next), ApiJson.Types.OperationPage);

    /// <summary>What is wrong with the query, or null.</summary>
    private string? Read(IQueryCollection query, out OperationQuery asked)
    {
        asked = new OperationQuery { Pipeline = Text(query, "pipeline"), Text = Text(query, "text"), Error = Text(query, "error") };
        if (asked.Error is { } code && !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return "error must be one of the codes that operations show, such as bad-phone.";
        }

        if (Text(query, "kind") is { } kindText)
        {
            if (!RecordKindNames.TryParse(kindText, out var kind))
            {
                return "kind must be lead, request or auto.";
            }

            asked = asked with { Kind = kind };
        }

        if (Text(query, "state") is { } stateText && !AsksFor(query, RefusedState) && !AsksFor(query, OrphanedItems.UnmatchedState))
        {
            if (!OperationStateNames.TryParse(stateText, out var state))
            {
                return $"state must be one of {string.Join(", ", Enum.GetNames<OperationState>())}, {RefusedState}, {OrphanedItems.UnmatchedState}.";
            }

            asked = asked with { State = state };
        }

        return ReadTimes(query, ref asked) ?? ReadPhone(query, ref asked) ?? ReadPaging(query, ref asked);
    }

    private static string? ReadTimes(IQueryCollection query, ref OperationQuery asked)
    {
        // Nothing is before the first moment, and there is none to end a range with.
        if (!TryTime(query, "from", out var from) || !TryTime(query, "to", out var to) || to?.UtcTicks == 0)
        {
            return "from and to must be ISO 8601 times, such as 2026-11-23T10:00:00Z.";
        }

        asked = asked with { From = from, To = to };
        return null;
    }

    /// <summary>What a phone may mean: in its local form it is another number in each country.</summary>
    /// <param name="text">A phone in any form.</param>
    /// <param name="regions">The phone regions of the pipelines that may have it.</param>
    /// <returns>E.164, each once.</returns>
    internal static IReadOnlyList<string> Phones(string text, IEnumerable<string> regions) =>
        [.. regions.Distinct(StringComparer.Ordinal).SelectMany(region => PhoneNumber.TryRead(text, region, out var phone) ? [phone.E164] : Array.Empty<string>()).Distinct(StringComparer.Ordinal)];

    private string? ReadPhone(IQueryCollection query, ref OperationQuery asked)
    {
        if (Text(query, "phone") is not { } text)
        {
            return null;
        }

        var name = asked.Pipeline;
        // A pipeline without a region of its own may also be invalid, removed, or changed since.
        asked = asked with { Phones = Phones(text, pipelines.All.Where(p => name is null || p.Name == name).Select(p => p.PhoneRegion).Append(Pipeline.DefaultPhoneRegion)) };
        return asked.Phones.Count == 0 ? "phone is not a phone number. Use any format with the area code." : null;
    }

    private static string? ReadPaging(IQueryCollection query, ref OperationQuery asked)
    {
        if (Text(query, "take") is { } takeText)
        {
            if (!int.TryParse(takeText, NumberStyles.None, CultureInfo.InvariantCulture, out var take) || take is < 1 or > OperationQuery.MaxTake)
            {
                return $"take must be a number from 1 to {OperationQuery.MaxTake}.";
            }

            asked = asked with { Take = take };
        }

        if (Text(query, "cursor") is { } cursorText)
        {
            if (OperationCursor.Read(cursorText) is not { } cursor)
            {
                return "cursor must be the next value of a list. Omit it to start at the first page.";
            }

            if (AsksFor(query, RefusedState) || AsksFor(query, OrphanedItems.UnmatchedState))
            {
                return $"The states {RefusedState} and {OrphanedItems.UnmatchedState} have one page. Omit cursor.";
            }

            asked = asked with { After = cursor };
        }

        return null;
    }

    /// <param name="query">The request's.</param>
    /// <param name="csvLanguage">The language of the messages in CSV; null: the answer is JSON.</param>
    private static string? ReadFormat(IQueryCollection query, out string? csvLanguage)
    {
        csvLanguage = null;
        if (Text(query, "format") is not { } format)
        {
            return null;
        }

        csvLanguage = Text(query, "language") ?? EmbeddedTexts.English;
        return format != "csv" ? "format must be csv or omitted."
            : EmbeddedTexts.Languages.Contains(csvLanguage, StringComparer.Ordinal) ? null
            : $"language must be one of {string.Join(", ", EmbeddedTexts.Languages)}.";
    }

    private static bool AsksFor(IQueryCollection query, string state) => state.Equals(Text(query, "state"), StringComparison.OrdinalIgnoreCase);

    private static bool TryTime(IQueryCollection query, string name, out DateTimeOffset? time)
    {
        time = null;
        if (Text(query, name) is not { } text)
        {
            return true;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        time = value.ToUniversalTime();
        return read;
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;
}
