using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Tries a draft on real records, with the same enrichment and destination code as in production. Nothing is stored and nothing is sent.</summary>
public sealed partial class TrialEndpoint(
    EditorAccess access, DraftReader drafts, IRecordSamples samples, IEnumerable<IDestination> destinations, PipelineParts parts, ILogger<TrialEndpoint> logger)
{
    private const int Recent = 10;

    private const int PassUsual = 20, PassMax = 50;

    public Task<IResult> RecordsAsync(string name, CancellationToken cancellationToken) => OnDraftAsync(
        name,
        async draft => await samples.RecentAsync(draft.Pipeline, Recent, cancellationToken) switch
        {
            { Problem: { } problem } => TrialRequest.Away(problem),
            { Items: var items } => TypedResults.Json(new RecentListView([.. items.Select(r => new RecentView(r.Kind.Name(), r.Id, r.At, r.Title))]), EditorJson.Types.RecentListView),
        },
        cancellationToken);

    public async Task<IResult> TryAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (record, refusal) = await TrialRequest.RecordAsync(request, cancellationToken);
        return record is not var (kind, id)
            ? refusal!
            : await OnDraftAsync(
                name,
                async draft =>
                {
                    var sample = await samples.FetchAsync(draft.Pipeline, kind, id, webhook: null, cancellationToken);
                    Log.Looked(logger, name, sample.Operation.Id);
                    return TypedResults.Json(View(draft, sample), EditorJson.Types.TrialView);
                },
                cancellationToken);
    }

    /// <summary>Counts how many of the newest records would pass the age limit and the filter.</summary>
    public async Task<IResult> PassAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var (take, refusal) = await TrialRequest.TakeAsync(request, PassUsual, PassMax, cancellationToken);
        return refusal ?? await OnDraftAsync(
            name,
            async draft =>
            {
                var recent = await samples.RecentAsync(draft.Pipeline, take, cancellationToken);
                var items = new List<PassItemView>();
                foreach (var record in recent.Items)
                {
                    var sample = await samples.FilterAsync(draft.Pipeline, record.Kind, record.Id, cancellationToken);
                    if (sample.Problem is { Code: not ErrorCodes.RecordNotFound } problem)
                    {
                        return TrialRequest.Away(problem);
                    }

                    if (sample.Problem is null)
                    {
                        items.Add(new PassItemView(record.Kind.Name(), record.Id, sample.FailedRule is null, sample.FailedRule));
                    }
                }

                return recent.Problem is { } away
                    ? TrialRequest.Away(away)
                    : TypedResults.Json(new PassView(items.Count, items.Count(i => i.Passed), items), EditorJson.Types.PassView);
            },
            cancellationToken);
    }

    private Task<IResult> OnDraftAsync(string name, Func<DraftReading, Task<IResult>> work, CancellationToken cancellationToken) => access.ReadAsync(
        name,
        async live =>
        {
            var draft = await drafts.ReadAsync(live, cancellationToken);
            return TrialRequest.UonProblem(draft) ?? await work(draft);
        },
        cancellationToken);

    private TrialView View(DraftReading draft, RecordSample sample)
    {
        var operation = sample.Operation;
        var paths = draft.Pipeline.Settings.Where(s => s.Key.StartsWith("Fields:", StringComparison.Ordinal)).ToDictionary(s => s.Key["Fields:".Length..], s => s.Value, StringComparer.Ordinal);
        var read = draft.Pipeline.Fields.Names.Select(field => new TrialFieldView(field, paths.GetValueOrDefault(field), operation.Fields[field], ProblemWords(draft, $"Fields:{field}")));
        var computed = operation.Fields.Where(f => !draft.Pipeline.Fields.Names.Contains(f.Key, StringComparer.Ordinal)).Select(f => new TrialFieldView(f.Key, null, f.Value, null));
        return new TrialView(
            sample.Document,
            operation.Id.RecordId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            operation.Id.Kind.Name(),
            DryRun.Outcome(operation.State),
            operation.State.ToString(),
            operation.Error is { } error ? new TrialErrorView(error.Code, error.Message) : null,
            [.. read, .. computed],
            [.. sample.Rules.Select((rule, index) => new TrialRuleView(index, rule.Name, rule.Passed, rule.Value, rule.Refusal))],
            [.. destinations.Where(d => !d.IsReport && d.Serves(draft.Pipeline)).Select(d => Order(draft, d, operation))]);
    }

    /// <summary>Also for a record that would be skipped: the order helps to understand why.</summary>
    private TrialOrderView Order(DraftReading draft, IDestination destination, Operation operation)
    {
        var problem = draft.Problems.FirstOrDefault(p => p.Code != ProblemCodes.Missing && IsOf(destination, p.Key, parts))
            ?? draft.Problems.FirstOrDefault(p => IsOf(destination, p.Key, parts) && !SecretLabels.IsAlwaysRequired(p.Key));
        if (problem is not null)
        {
            return new TrialOrderView(destination.Name, "", "", new Dictionary<string, string>(StringComparer.Ordinal), null, $"{problem.Key}: {problem.Message} {problem.Remedy}");
        }

        var preview = destination.Preview(draft.Pipeline, operation);
        return new TrialOrderView(
            destination.Name, preview.Method, preview.Address, preview.Form.GroupBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, f => f.Last().Value, StringComparer.Ordinal), preview.Body, null);
    }

    private static bool IsOf(IDestination destination, string key, PipelineParts all) =>
        all.All.FirstOrDefault(p => p.IsDestination && p.Destination == destination.Name) is { Section: { } section } && key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase);

    private static string? ProblemWords(DraftReading draft, string key) => draft.ProblemOf(key) is { } problem ? $"{problem.Message} {problem.Remedy}" : null;

    private static partial class Log
    {
        [LoggerMessage(1726, LogLevel.Warning, "{Pipeline}: an operator viewed {Operation} unmasked to try the draft on it")]
        public static partial void Looked(ILogger logger, string pipeline, OperationId operation);
    }
}
