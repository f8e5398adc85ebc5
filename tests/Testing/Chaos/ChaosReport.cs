using System.Globalization;
using System.Text;
using System.Text.Json;

namespace UonOfferum.Testing.Chaos;

/// <summary>What a run came to.</summary>
public sealed record ChaosReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required ChaosOptions Options { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>Leads whose webhook was answered with 200.</summary>
    public required int Accepted { get; init; }

    /// <summary>Webhooks that met no answer or no 200, and were sent again.</summary>
    public required int WebhooksSentAgain { get; init; }

    /// <summary>Leads by their final state.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    /// <summary>Accepted, and neither does the network have an order nor does an operator see it waiting.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Not in a final state when patience ended.</summary>
    public required IReadOnlyList<string> Unfinished { get; init; }

    /// <summary>Orders the network has beyond one per lead.</summary>
    public required int SoldTwice { get; init; }

    /// <summary>POSTs beyond one per lead.</summary>
    public required int ExtraPosts { get; init; }

    /// <summary>Orders claimed and without a result at the kills: each may have arrived or not.</summary>
    public required int InFlightAtKills { get; init; }

    /// <summary>Seconds from each kill to the next new order in the network.</summary>
    public required IReadOnlyList<double> SecondsToNextOrder { get; init; }

    /// <summary>Seconds from each kill until the orders in flight then were settled.</summary>
    public required IReadOnlyList<double> SecondsToSettle { get; init; }

    /// <summary>Nothing lost, and nothing sold twice beyond the guarantee.</summary>
    public bool Holds => Accepted == Options.Leads && Lost.Count == 0 && Unfinished.Count == 0
        && (Options.Hold ? SoldTwice == 0 && ExtraPosts == 0 : SoldTwice <= ExtraPosts && ExtraPosts <= InFlightAtKills);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line("leads accepted", Accepted);
        Line("webhooks sent again", WebhooksSentAgain);
        foreach (var (state, count) in States.OrderByDescending(s => s.Value))
        {
            Line($"  {state}", count);
        }

        Line("lost", Of(Lost));
        Line("unfinished", Of(Unfinished));
        Line("sold twice", SoldTwice);
        Line("POSTs beyond one per lead", ExtraPosts);
        Line("orders in flight at the kills", InFlightAtKills);
        Line("kill to next order, s", Spread(SecondsToNextOrder));
        Line("kill to settled in-flight orders, s", Spread(SecondsToSettle));
        Line("took, s", Took.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        text.Append(Holds ? "The guarantee holds." : "THE GUARANTEE IS BROKEN.");
        return text.ToString();

        void Line(string what, object value) => text.AppendLine(CultureInfo.InvariantCulture, $"{what,-38}{value}");
    }

    private static string Of(IReadOnlyList<string> ids) => ids.Count == 0 ? "0" : $"{ids.Count}: {string.Join(", ", ids.Take(10))}";

    private static string Spread(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Count / 2]:0.0}, longest {sorted[^1]:0.0}");
    }
}
