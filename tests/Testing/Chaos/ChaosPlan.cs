namespace UonOfferum.Testing.Chaos;

/// <param name="Kills">How often the process is killed.</param>
/// <param name="Leads">How many webhooks are sent.</param>
/// <param name="Hold">What happens to an order with an unknown outcome: false: sent once more, true: waits for an operator.</param>
/// <param name="NetworkKnowsDuplicates">
/// Whether the simulated network refuses a phone that it has. Off is the worst network: every second order is a second sale.
/// </param>
/// <param name="Seed">Of the random moments.</param>
/// <param name="Destinations">1 to 3: Offerum, an HTTP service, a Telegram chat.</param>
public sealed record ChaosOptions(int Kills, int Leads, bool Hold, bool NetworkKnowsDuplicates, int Seed, int Destinations = 1)
{
    public const int MostDestinations = 3;
}

/// <summary>One life of the process.</summary>
/// <param name="Duration">Until the kill, counted from the moment it listens (<paramref name="Young"/>) or sends its first order.</param>
/// <param name="Young">Killed before it has come to anything, perhaps.</param>
/// <param name="Webhooks">The leads announced in it, each with the time since the life's start.</param>
public sealed record ChaosLife(TimeSpan Duration, bool Young, IReadOnlyList<(long Lead, TimeSpan At)> Webhooks);

/// <summary>What happens when: a pure function of the options.</summary>
public static class ChaosPlan
{
    private const int YoungEvery = 4;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    public static IReadOnlyList<ChaosLife> Make(ChaosOptions options)
    {
#pragma warning disable CA5394 // The same seed has to give the same run; nothing secret depends on it.
        var random = new Random(options.Seed);
        var lives = new List<ChaosLife>();
        var lead = 0L;
        for (var life = 0; life <= options.Kills; life++)
        {
            var duration = Shortest + (Longest - Shortest) * random.NextDouble();
            var last = (long)options.Leads * (life + 1) / (options.Kills + 1);
            var webhooks = new List<(long, TimeSpan)>();
            while (lead < last)
            {
                webhooks.Add((++lead, duration * random.NextDouble()));
            }

            lives.Add(new ChaosLife(duration, Young: life % YoungEvery == YoungEvery - 1, webhooks));
        }
#pragma warning restore CA5394

        return lives;
    }
}
