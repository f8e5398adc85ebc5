using System.Globalization;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Testing.Faults;

/// <summary>
/// Measures every cell at once in one process of the app: each cell has a lead and a pipeline of its own, so that no breaker opened by
/// one stops another.
/// </summary>
public sealed class FaultMatrix(TestBed bed, IReadOnlyList<FaultCell> cells, Action<string> tell)
{
    private const int While = 3;

    // A breaker that a wrong key opened three times closes for good after as many probes.
    private const int Rounds = While + 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<IReadOnlyDictionary<FaultCell, FaultResult>> MeasureAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < cells.Count; number++)
        {
            Program(number);
        }

        // Nothing is killed here, and a second handler of a message would get the answer after the fault of "once".
        await using var host = await bed.StartHostAsync(cancellationToken, ("LocalHost:MessageLock", "00:05:00"));
        using var api = new PipelineApi(host.BaseAddress);
        for (var number = 0; number < cells.Count; number++)
        {
            using var answer = await api.SendWebhookAsync(Lead(number), cancellationToken, pipeline: PipelineOf(number));
            answer.EnsureSuccessStatusCode();
        }

        var operations = await SettleAsync(api, cancellationToken);
        return Enumerable.Range(0, cells.Count).ToDictionary(number => cells[number], number => Result(number, operations));
    }

    private void Program(int number)
    {
        var (cell, name, lead) = (cells[number], PipelineOf(number), Lead(number));
        bed.AddPipeline(name);
        bed.Settings[$"Pipelines:{name}:Uon:WaitFor"] = "00:00:01,00:00:01,00:00:01,00:00:01";
        bed.Settings[$"Pipelines:{name}:Uon:Retry"] = "00:00:01,00:00:01,00:00:01,00:00:01";
        bed.Settings[$"Pipelines:{name}:{(cell.Stage is FaultStage.Uon or FaultStage.UonWrite ? "Uon" : "Offerum")}:Timeout"] = Timeout(cell);

        bed.Settings[$"Pipelines:{name}:Offerum:Retry"] = "00:00:01,00:00:01,00:00:01,00:00:01";
        bed.Settings[$"Pipelines:{name}:Offerum:Uncertain"] = cell.Stage == FaultStage.OfferumHold ? "hold" : "resend";
        // All cells lead from one cabinet to one account, each with a record of its own: without this every order would look for its record in
        // the journals of all the others, and Azurite would do nothing else.
        bed.Settings[$"Pipelines:{name}:Offerum:SameRecord"] = "send";
        bed.Uon.Leads.Put(UonRecord.Lead(lead));
        var repeat = cell.Span switch
        {
            FaultSpan.Once => Repeat.Once,
            FaultSpan.ForAWhile => Repeat.Times(While),
            _ => Repeat.ForEver,
        };
        if (cell.Stage == FaultStage.UonWrite)
        {
            bed.Settings[$"Pipelines:{name}:Uon:WriteBack:delivered:Note"] = "Заказ {order_id}";
            bed.Uon.WriteFaults(lead).Set(Enum.Parse<UonFault>(cell.Fault), repeat);
        }
        else if (cell.Stage == FaultStage.Uon)
        {
            bed.Uon.Leads.Faults(lead).Set(Enum.Parse<UonFault>(cell.Fault), repeat);
        }
        else
        {
            bed.Offerum.ForSubId(SubId(number)).Set(Enum.Parse<OfferumReplyKind>(cell.Fault), repeat);
        }
    }

    /// <summary>Short only where no answer comes. Every other answer must arrive, on a busy machine too: one that came too late was the fault of "once".</summary>
    private static string Timeout(FaultCell cell) => (Hangs(cell), cell.Span) switch
    {
        (true, FaultSpan.ForEver) => "00:00:01",
        (true, _) => "00:00:10",
        _ => "00:01:00",
    };

    private static bool Hangs(FaultCell cell) => cell.Fault is nameof(UonFault.Hang)
        or nameof(OfferumReplyKind.HangBeforeReading) or nameof(OfferumReplyKind.TakenThenHang);

    /// <summary>Waits until what can end has ended, and gives open breakers as many probes as they need.</summary>
    private async Task<Dictionary<string, JsonElement>> SettleAsync(PipelineApi api, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var round = 0;
        while (true)
        {
            var operations = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            await foreach (var operation in api.ListAsync("kind=lead", cancellationToken))
            {
                operations[operation.GetProperty("pipeline").GetString()!] = operation;
            }

            var open = Enumerable.Range(0, cells.Count)
                .Where(n => cells[n].Span != FaultSpan.ForEver || !IsStill(Measured(n, operations)))
                .Count(n => Measured(n, operations) is not { ValueKind: JsonValueKind.Object } measured || !PipelineApi.IsFinal(measured));
            tell($"round {round}: {open} of {cells.Count} cells are open");
            if ((round >= Rounds && open == 0) || _time.GetElapsedTime(started) > Patience)
            {
                return operations;
            }

            await bed.HurryProbesAsync(cancellationToken);
            await api.RunJobAsync("breakers", cancellationToken);
            round++;
            await Task.Delay(Round, _time, cancellationToken);
        }
    }

    /// <summary>
    /// What a fault for ever may rest in: the app waits for the other side to recover and never gives up. Waiting without a cause is
    /// on its way: it was released as a probe.
    /// </summary>
    private static bool IsStill(JsonElement operation) =>
        operation.ValueKind != JsonValueKind.Undefined && PipelineApi.State(operation) is "Held" or "Waiting" && Code(operation) is not null;

    /// <summary>What the cell is about: the operation, or its write-back; undefined before there is one.</summary>
    private JsonElement Measured(int number, Dictionary<string, JsonElement> operations)
    {
        var operation = operations.GetValueOrDefault(PipelineOf(number));
        return cells[number].Stage == FaultStage.UonWrite && operation.ValueKind == JsonValueKind.Object
            ? operation.GetProperty("deliveries").EnumerateArray().FirstOrDefault(d => d.GetProperty("destination").GetString() == "uon-write")
            : operation;
    }

    private FaultResult Result(int number, Dictionary<string, JsonElement> operations)
    {
        var sent = bed.Offerum.Sent(SubId(number));
        if (Measured(number, operations) is not { ValueKind: JsonValueKind.Object } operation)
        {
            return new FaultResult("unknown", null, sent.Count, sent.Count(o => o.Accepted));
        }

        return new FaultResult(PipelineApi.State(operation), Code(operation), sent.Count, sent.Count(o => o.Accepted));
    }

    private static string? Code(JsonElement operation) =>
        operation.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error.GetProperty("code").GetString() : null;

    private static string PipelineOf(int number) => string.Create(CultureInfo.InvariantCulture, $"cell-{number}");

    private static long Lead(int number) => number + 1;

    private static string SubId(int number) => string.Create(CultureInfo.InvariantCulture, $"lead-{Lead(number)}");
}
