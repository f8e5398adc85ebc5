using System.Text.Json;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Storage;

namespace UonOfferum.Tests.Simulation.Judging;

/// <summary>No personal data stays in the tables after its retention.</summary>
internal static class PersonalData
{
    public static IEnumerable<string> Left(World world, Actors actors)
    {
        var clients = Enumerable.Range(1, world.Scenario.Records)
            .SelectMany(id => new[] { InventedClient.Of(UonRecordKind.Lead, id), InventedClient.Of(UonRecordKind.Request, id) })
            .SelectMany(client => new[] { client.Phone[1..], client.Email, client.Surname })
            .Concat(Enumerable.Range(1, world.Scenario.Records).Select(id => actors.PhoneOf(id)?[1..]).OfType<string>())
            .Concat([Latecomers.Name, Latecomers.Phone[1..], "Лидия"])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var row in world.Tables.Rows)
        {
            if (row.Key.StartsWith("p|", StringComparison.Ordinal))
            {
                yield return $"The hash of a phone is still a key: {row.Partition} {row.Key}.";
            }

            foreach (var text in Texts(row).Where(text => clients.Exists(c => text.Contains(c, StringComparison.OrdinalIgnoreCase))))
            {
                yield return $"Personal data is still in {row.Partition} {row.Key}: {text}";
            }
        }
    }

    private static IEnumerable<string> Texts(StoredRow row) =>
        row.Json.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()!);
}
