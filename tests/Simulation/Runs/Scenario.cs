using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Settings of a pipeline's destination.</summary>
/// <param name="Name">As the app names it.</param>
/// <param name="Resends">Whether it resends an order when its arrival is unknown; otherwise it holds.</param>
/// <param name="OncePerPerson">Its account accepts a phone number once.</param>
public sealed record ChosenDestination(string Name, bool Resends, bool OncePerPerson);

/// <summary>A section that a deployment removes from the settings by mistake, until the next deployment.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Destination">Null: the whole pipeline.</param>
public sealed record Gone(string Pipeline, string? Destination);

/// <summary>One pipeline and where its records go.</summary>
/// <param name="Name">As the settings name it.</param>
/// <param name="Destinations">By name.</param>
/// <param name="WritesBack">
/// Writes outcomes into the record. Only one pipeline of the cabinet does this: U-ON has no ETags, so of two simultaneous writes of one note
/// one is lost.
/// </param>
public sealed record ChosenPipeline(string Name, IReadOnlyList<ChosenDestination> Destinations, bool WritesBack);

/// <summary>The initial state of one seed's world.</summary>
/// <param name="Instances">How many run side by side.</param>
/// <param name="Pipelines">One or two, of one cabinet.</param>
/// <param name="Records">How many records the cabinet gets.</param>
/// <param name="Length">The length of the phase with faults and disturbances.</param>
/// <param name="Faults">The fault rates.</param>
public sealed record Scenario(int Instances, IReadOnlyList<ChosenPipeline> Pipelines, int Records, TimeSpan Length, FaultProfile Faults)
{
    public const string WebhookSecret = "webhook-secret-0123456789";
    public const string PostbackSecret = "postback-secret-0123456789";
    public const string IndexKey = "index-key-0123456789-0123456789";

    private static readonly string[] Outcomes = ["delivered", "duplicate", "rejected", "approved", "declined", "trash"];

    private static readonly string[] Names = ["offerum", "http", "telegram", "max", "bitrix", "amo"];

    public static Scenario Of(Choices choices)
    {
        var pipelines = choices.OneIn(5) ? new[] { "main", "second" } : ["main"];
        return new Scenario(
            choices.Between(2, 4),
            [.. pipelines.Select((name, number) => new ChosenPipeline(name, Destinations(choices), number == 0 && choices.OneIn(3)))],
            choices.Between(1, 5),
            choices.Of(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20), TimeSpan.FromHours(2)),
            FaultProfile.Of(choices));
    }

    /// <summary>Several records belong to one person.</summary>
    public bool HasSamePersons => Pipelines.Any(p => p.Destinations.Any(d => d.OncePerPerson));

    /// <summary>The app settings of an instance that starts now.</summary>
    /// <param name="gone">The sections that are missing.</param>
    /// <param name="policiesAreSwapped">Whether each destination that resends holds, and the other way round.</param>
    public Dictionary<string, string?> Settings(IReadOnlyCollection<Gone> gone, bool policiesAreSwapped)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = "QueueEndpoint=https://queue.simulated;TableEndpoint=https://table.simulated;SharedAccessSignature=sv=2024-11-04&sig=invented",
            ["Journal:IndexKey"] = IndexKey,
            // They only read and report; running them every time would cost more than everything else.
            ["Jobs:alerts:Disabled"] = "true",
            ["Jobs:backlog:Disabled"] = "true",
        };
        foreach (var pipeline in Pipelines.Where(p => !gone.Contains(new Gone(p.Name, null))))
        {
            var at = $"Pipelines:{pipeline.Name}:";
            // The first records are older than the app, which looks no further back without this setting.
            settings[at + "Reconcile:From"] = "2020-01-01";
            settings[at + "Webhook:Secret"] = WebhookSecret;
            settings[at + "Uon:ApiKey"] = "invented-uon-key";
            settings[at + "Uon:BaseAddress"] = "https://uon.simulated";
            settings[at + "Uon:RequestsPerSecond"] = "100000";
            if (pipeline.WritesBack)
            {
                // All events that our own writes trigger.
                settings[at + "Uon:Events"] = "1,2,16,17,72,73";
                foreach (var outcome in Outcomes)
                {
                    settings[at + $"Uon:WriteBack:{outcome}:Note"] = outcome + " {order_id}";
                }

                settings[at + "Uon:WriteBack:rejected:Status"] = "9";
            }

            foreach (var destination in pipeline.Destinations.Where(d => !gone.Contains(new Gone(pipeline.Name, d.Name))))
            {
                Add(settings, at, pipeline.Name, destination with { Resends = destination.Resends != policiesAreSwapped });
            }
        }

        return settings;
    }

    public ChosenDestination? Find(string pipeline, string destination) =>
        Pipelines.FirstOrDefault(p => p.Name == pipeline)?.Destinations.FirstOrDefault(d => d.Name == destination);

    private static void Add(Dictionary<string, string?> settings, string at, string pipeline, ChosenDestination destination)
    {
        var host = $"https://{destination.Name}.{pipeline}.simulated";
        var uncertain = destination.Resends ? "resend" : "hold";
        if (destination.OncePerPerson)
        {
            settings[at + (destination.Name == "http" ? "Http" : "Offerum") + ":SamePerson"] = "30.00:00:00";
        }

        switch (destination.Name)
        {
            case "offerum":
                settings[at + "Postback:Secret"] = PostbackSecret;
                settings[at + "Offerum:ApiKey"] = "invented-offerum-key";
                settings[at + "Offerum:Flow"] = "zkVz";
                settings[at + "Offerum:BaseAddress"] = host;
                settings[at + "Offerum:Uncertain"] = uncertain;
                break;
            case "http":
                settings[at + "Http:Url"] = host + "/orders";
                settings[at + "Http:Form:phone"] = "{phone}";
                settings[at + "Http:Form:record"] = "{kind}-{id}";
                settings[at + "Http:OrderId"] = "[\"id\"]";
                settings[at + "Http:Uncertain"] = uncertain;
                break;
            case "telegram":
                settings[at + "Telegram:BotToken"] = "123456:invented-token";
                settings[at + "Telegram:ChatId"] = "-1001234567890";
                settings[at + "Telegram:BaseAddress"] = host;
                settings[at + "Telegram:RequestsPerSecond"] = "200";
                settings[at + "Telegram:Uncertain"] = uncertain;
                break;
            case "max":
                settings[at + "Max:Token"] = "invented-token";
                settings[at + "Max:ChatId"] = "-1001234567890";
                settings[at + "Max:BaseAddress"] = host;
                settings[at + "Max:RequestsPerSecond"] = "200";
                settings[at + "Max:Uncertain"] = uncertain;
                break;
            case "bitrix":
                settings[at + "Bitrix:Webhook"] = host + "/rest/1/invented/";
                settings[at + "Bitrix:RequestsPerSecond"] = "200";
                settings[at + "Bitrix:Uncertain"] = uncertain;
                break;
            case "amo":
                settings[at + "Amo:BaseAddress"] = host;
                settings[at + "Amo:Token"] = "invented-token";
                settings[at + "Amo:RequestsPerSecond"] = "200";
                settings[at + "Amo:Uncertain"] = uncertain;
                break;
            default:
                throw new NotSupportedException($"No settings for {destination.Name}.");
        }
    }

    private static List<ChosenDestination> Destinations(Choices choices)
    {
        var left = Names.ToList();
        var chosen = new List<ChosenDestination>();
        for (var count = choices.Of(1, 1, 2, 3, 4); count > 0; count--)
        {
            var name = choices.Of(left);
            left.Remove(name);
            chosen.Add(new ChosenDestination(name, choices.OneIn(2), name is "offerum" or "http" && choices.OneIn(4)));
        }

        return [.. chosen.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }
}
