using System.Globalization;
using System.Text.Json;
using UonOfferum.Simulators;

namespace UonOfferum.Testing.Chaos;

/// <summary>Lets leads run through the app, kills its process again and again, and counts what became of them.</summary>
public sealed class ChaosRun(ChaosOptions options, TestBed bed, Action<string> tell)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(4);

    // The locks of the messages that the process before held have to run out first.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(20);

    // A write that the dead process had handed to the network may still be carried out.
    private static readonly TimeSpan LastWrites = TimeSpan.FromMilliseconds(300);

    /// <summary>How long U-ON and every destination take, at least.</summary>
    internal static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    /// <summary>And how much longer at most.</summary>
    internal static readonly TimeSpan LatencySpread = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<(DateTimeOffset At, IReadOnlyList<OpenClaim> Claims)> _kills = [];

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        Prepare();
        await using var shops = await ChaosShops.StartAsync(options, bed, cancellationToken);
        var started = _time.GetTimestamp();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var sender = new WebhookSender();
        LocalHostProcess? host = null;
        try
        {
            var lives = ChaosPlan.Make(options);
            foreach (var (number, life) in lives.Index())
            {
                host = await bed.StartHostAsync(cancellationToken);
                sender.Address(host.BaseAddress);
                sender.Send(life.Webhooks, ends.Token);
                if (number < options.Kills)
                {
                    await LiveAsync(life, cancellationToken);
                    await KillAsync(host, cancellationToken);
                    tell($"kill {number + 1} of {options.Kills}: {_kills[^1].Claims.Count} orders in flight, {bed.Offerum.Accepted} in the network");
                }
            }

            var operations = await SettleAsync(host!, sender, cancellationToken);
            var report = Report(sender, operations, shops.All, _time.GetElapsedTime(started));
            if (!report.Holds)
            {
                tell($"The last process said at last:\n{string.Join('\n', host!.Output.TakeLast(40))}");
            }

            return report;
        }
        finally
        {
            await ends.CancelAsync();
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private void Prepare()
    {
        for (var lead = 1; lead <= options.Leads; lead++)
        {
            bed.Uon.Leads.Put(UonRecord.Lead(lead));
        }

        (bed.Uon.Latency, bed.Uon.LatencySpread) = (Latency, LatencySpread);
        (bed.Offerum.Latency, bed.Offerum.LatencySpread) = (Latency, LatencySpread);
        bed.Offerum.FilterDuplicates = options.NetworkKnowsDuplicates;
    }

    private async Task LiveAsync(ChaosLife life, CancellationToken cancellationToken)
    {
        var before = bed.Offerum.Orders.Total;
        var started = _time.GetTimestamp();
        while (!life.Young && bed.Offerum.Orders.Total == before && _time.GetElapsedTime(started) < LongestIdle)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        }

        await Task.Delay(life.Duration, _time, cancellationToken);
    }

    private async Task KillAsync(LocalHostProcess host, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        await host.KillAsync();
        await host.DisposeAsync();
        await Task.Delay(LastWrites, _time, cancellationToken);
        _kills.Add((at, await OpenClaim.ReadAsync(bed.Storage, cancellationToken)));
    }

    /// <summary>Every lead's operation, once nothing can change any more: all final, and no message left that could stir one.</summary>
    private async Task<Dictionary<long, JsonElement>> SettleAsync(LocalHostProcess host, WebhookSender sender, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            if (host.HasExited)
            {
                throw new TestBedException($"The last process ended by itself with {host.ExitCode}. It said at last:\n{string.Join('\n', host.Output.TakeLast(40))}");
            }

            var operations = new Dictionary<long, JsonElement>();
            await foreach (var operation in sender.Api.ListAsync($"pipeline={TestBed.Pipeline}&kind=lead", cancellationToken))
            {
                operations[long.Parse(operation.GetProperty("recordId").GetString()!, CultureInfo.InvariantCulture)] = operation;
            }

            var final = operations.Values.Count(PipelineApi.IsFinal);
            tell($"{sender.Accepted.Count} webhooks accepted, {final} leads settled, {bed.Offerum.Accepted} orders in the network");
            var settled = sender.Accepted.Count == options.Leads && final == options.Leads && await bed.AreQueuesEmptyAsync(cancellationToken);
            if (settled || _time.GetElapsedTime(started) > Settling)
            {
                return operations;
            }

            await Task.Delay(TimeSpan.FromSeconds(3), _time, cancellationToken);
        }
    }

    private ChaosReport Report(WebhookSender sender, Dictionary<long, JsonElement> operations, IReadOnlyList<ChaosShop> shops, TimeSpan took)
    {
        var sold = shops.ToDictionary(shop => shop.Destination, shop => shop.Sold(), StringComparer.Ordinal);
        var orders = bed.Offerum.Orders.Where(o => o.Accepted).Select(o => o.At).Order().ToList();
        return new ChaosReport
        {
            Options = options,
            Took = took,
            Accepted = sender.Accepted.Count,
            WebhooksSentAgain = sender.Unanswered,
            States = operations.Values.GroupBy(PipelineApi.State, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            Lost = [.. sender.Accepted.Keys.Where(lead => IsLost(lead, operations.GetValueOrDefault(lead), sold)).Order().Select(lead => $"{SubId(lead)} ({Say(operations.GetValueOrDefault(lead))})")],
            Unfinished = [.. operations.Where(o => !PipelineApi.IsFinal(o.Value)).Select(o => SubId(o.Key))],
            SoldTwice = sold.Values.Sum(orders => orders.Values.Sum(count => count - 1)),
            ExtraPosts = shops.Sum(shop => shop.Posts().Values.Sum(count => count - 1)),
            InFlightAtKills = _kills.SelectMany(k => k.Claims).Distinct().Count(),
            SecondsToNextOrder = [.. _kills.Select(k => orders.Find(at => at > k.At)).Zip(_kills, (next, k) => (next - k.At).TotalSeconds).Where(s => s > 0)],
            SecondsToSettle =
            [
                .. from kill in _kills
                   from claim in kill.Claims
                   where operations.ContainsKey(claim.Lead)
                   select (operations[claim.Lead].GetProperty("updatedAt").GetDateTimeOffset() - kill.At).TotalSeconds,
            ],
        };
    }

    /// <summary>Nobody has the lead, or one of its deliveries says that it is over and its destination has no order.</summary>
    private static bool IsLost(long lead, JsonElement operation, Dictionary<string, IReadOnlyDictionary<string, int>> sold)
    {
        if (operation.ValueKind == JsonValueKind.Undefined)
        {
            return true;
        }

        var states = operation.GetProperty("deliveries").EnumerateArray()
            .ToDictionary(d => d.GetProperty("destination").GetString()!, PipelineApi.State, StringComparer.Ordinal);
        return sold.Any(shop => states.GetValueOrDefault(shop.Key) is null or "Delivered" or "Duplicate" or "Skipped" or "Discarded" && !shop.Value.ContainsKey(SubId(lead)));
    }

    /// <summary>State and cause, for whoever looks for the reason.</summary>
    private static string Say(JsonElement operation) => operation.ValueKind == JsonValueKind.Undefined
        ? "not in the journal"
        : $"{PipelineApi.State(operation)}{(operation.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? $", {error.GetProperty("code").GetString()}: {error.GetProperty("message").GetString()}" : "")}";

    private static string SubId(long lead) => $"lead-{lead.ToString(CultureInfo.InvariantCulture)}";
}
