using System.Globalization;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Judging;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>What comes to operations whose personal data is gone: webhooks, replays and corrections, each of which may bring new data.</summary>
internal static class Latecomers
{
    public const string Name = "Аглая Запоздалова";
    public const string Phone = "+79995550001";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    public static void Plan(Actors actors, World world, Choices choices)
    {
        foreach (var operation in Rows.OfOperations(world).ToList())
        {
            for (var times = choices.Of(0, 1, 1, 2); times > 0; times--)
            {
                var (what, act) = Draw(actors, operation, choices);
                actors.At(choices.Between(TimeSpan.Zero, Length), $"{what} of {operation.Id}, whose personal data is gone", act);
            }
        }
    }

    private static (string What, Action Act) Draw(Actors actors, OperationRow operation, Choices choices)
    {
        var orders = operation.Deliveries.Where(d => d.Destination != WriteBacks.Destination).ToList();
        var destination = orders.Count > 0 && choices.OneIn(2) ? choices.Of(orders).Destination : null;
        var named = destination is null ? "" : $",\"destination\":\"{destination}\"";
        return choices.Below(4) switch
        {
            0 => ("a webhook", () => actors.Webhook(operation.Pipeline, (int)operation.RecordId, 0)),
            1 => ("a webhook with its type", () => actors.Webhook(operation.Pipeline, (int)operation.RecordId, operation.Row.Partition.EndsWith("|request", StringComparison.Ordinal) ? 2 : 1)),
            2 => ("a replay", () => Operate("ReplayOperation", "replay-enrich", $"{{\"from\":\"enrich\"{named}}}")),
            _ => ("a correction", () => Operate("EditOperation", "edit", string.Create(CultureInfo.InvariantCulture, $"{{\"fields\":{{\"client_name\":\"{Name}\",\"phone\":\"{Phone}\"}}{named}}}"))),
        };

        void Operate(string function, string name, string body) => actors.Operate(function, operation.Id, body, new NamedAction(name, operation.Id, destination));
    }
}
