using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using UonOfferum.Shared.Hooks;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Hooks;

/// <summary>The state of the cabinet's webhooks at a point in time.</summary>
public sealed record SeenHooks(DateTimeOffset At, HookReport Report);

/// <summary>Stores the last report on a cabinet's webhooks in <c>{pipeline}|control</c>, row <c>hooks</c>. Its addresses contain no secret.</summary>
public sealed class HookStore(JournalTable table, TimeProvider time)
{
    private const string Row = "hooks", At = "At", Report = "Report";

    public async Task<SeenHooks?> ReadAsync(string pipeline, CancellationToken cancellationToken) =>
        await table.FindAsync(Partition(pipeline), Row, cancellationToken) is { } row
        && JsonSerializer.Deserialize(JournalCells.Get(row, Report) ?? "null", HookContext.Default.HookReport) is { } report
            ? new SeenHooks(row.GetDateTimeOffset(At) ?? default, report)
            : null;

    public Task WriteAsync(string pipeline, HookReport report, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(pipeline), Row) { [At] = time.GetUtcNow() };
        JournalCells.Put(row, Report, JsonSerializer.Serialize(report, HookContext.Default.HookReport));
        return table.UpsertAsync(row, cancellationToken);
    }

    private static string Partition(string pipeline) => $"{pipeline}|control";
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(HookReport))]
internal sealed partial class HookContext : JsonSerializerContext;
