using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;
using UonOfferum.Tests.Pipeline.Chaos;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>Publications while leads run and processes die: every order is exactly what the revision in its story says.</summary>
public sealed class RevisionChaosTests(AzuriteFixture azurite)
{
    private const int Leads = 200;
    private const int Publications = 10;
    private const int Kills = 5;

    /// <summary>What a busy machine may cost: kills and late locks use up the tries of a message.</summary>
    private const int MostGivenUp = Leads / 20;

    [SlowFact(Timeout = TestTimeouts.WholeTest)]
    public async Task Publications_and_kills_lose_no_lead_double_none_and_mix_nothing()
    {
        var ends = TestContext.Current.CancellationToken;
        await using var bed = await TestBed.StartAsync(azurite.NewAccount(), ends);
        bed.Offerum.FilterDuplicates = true;
        bed.Offerum.Latency = TimeSpan.FromMilliseconds(50);
        bed.Settings[$"Pipelines:{TestBed.Pipeline}:Offerum:Timeout"] = "00:00:10";
        var settings = TakeSettings(bed);
        var crowd = new Crowd(bed, Leads);
        var hosts = new[] { await bed.StartWorkerAsync(ends), await bed.StartWorkerAsync(ends) };
        try
        {
            await MakeAsync(hosts, settings, ends);
            await KnownOnBothAsync(hosts, 1, ends);

            await Task.WhenAll(AnnounceAsync(hosts, ends), PublishAsync(bed, hosts, settings, ends), KillAsync(bed, hosts, ends));

            using var api = new PipelineApi(hosts[0].BaseAddress);
            var givenUp = new HashSet<string>(StringComparer.Ordinal);
            await crowd.WaitForAllAsync(api, ["Delivered"], () => SendAgainAsync(api, givenUp, ends), ends);
            Assert.Equal(Leads, bed.Offerum.AcceptedBySubId().Count);
            Assert.All(bed.Offerum.AcceptedBySubId(), orders => Assert.Equal(1, orders.Value));
            Assert.True(await AssertEachIsWhatItsStorySaysAsync(bed, api, ends) >= 3, "The leads ran under too few revisions to tell anything.");
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// What waits for an operator, who sends it again: an order that two kills interrupted (the network knows what it has), and, on a busy machine, a
    /// message whose processes died so often that the platform gave it up.
    /// </summary>
    private static async Task SendAgainAsync(PipelineApi api, HashSet<string> givenUp, CancellationToken ends)
    {
        foreach (var (state, code, from) in new[] { ("Uncertain", "uncertain", "send"), ("Failed", "crashed", "enrich") })
        {
            await foreach (var lead in api.ListAsync($"pipeline={TestBed.Pipeline}&state={state}", ends))
            {
                if (PipelineApi.IsFinal(lead))
                {
                    var id = lead.GetProperty("recordId").GetString()!;
                    Assert.Equal(code, lead.ErrorCode());
                    Assert.True(state != "Failed" || (givenUp.Add(id) && givenUp.Count <= MostGivenUp), $"{givenUp.Count} leads were given up; lead {id}: {lead}");
                    using var again = await api.Http.PostAsJsonAsync($"operations/main/lead/{id}/replay", new { from }, ends);
                    again.EnsureSuccessStatusCode();
                }
            }
        }
    }

    /// <summary>Returns how many revisions the orders were made under.</summary>
    private static async Task<int> AssertEachIsWhatItsStorySaysAsync(TestBed bed, PipelineApi api, CancellationToken ends)
    {
        var says = new Dictionary<int, string>();
        foreach (var head in (await GetAsync(api, "pipelines/main/revisions", ends)).GetProperty("items").EnumerateArray())
        {
            var number = head.GetProperty("revision").GetInt32();
            says[number] = Comment((await GetAsync(api, $"pipelines/main/revisions/{number}", ends)).GetProperty("settings"));
        }

        var seen = new HashSet<int>();
        for (var lead = 1; lead <= Leads; lead++)
        {
            var story = await GetAsync(api, $"operations/main/lead/{lead}", ends);
            var claims = story.GetProperty("events").EnumerateArray().Where(e => e.GetProperty("name").GetString() == "claimed").Select(e => e.GetProperty("revision").GetInt32()).ToList();
            var orders = bed.Offerum.Sent(string.Create(CultureInfo.InvariantCulture, $"lead-{lead}")).Select(o => o.Form["comment"]).ToList();
            Assert.Equal(claims[^1], story.GetProperty("revision").GetInt32());
            // A process may die between its claim and its order; what was sent keeps the order of the claims.
            Assert.True(IsSubsequence(orders, [.. claims.Select(c => says[c])]), $"lead {lead}: {string.Join(", ", orders)} were sent, claimed under {string.Join(", ", claims)}");
            seen.UnionWith(claims);
        }

        return seen.Count;
    }

    private static bool IsSubsequence(List<string> inner, List<string> outer)
    {
        var at = 0;
        foreach (var item in outer)
        {
            at += at < inner.Count && inner[at] == item ? 1 : 0;
        }

        return at == inner.Count;
    }

    private static async Task MakeAsync(HostedWorker[] hosts, JsonObject settings, CancellationToken ends)
    {
        using var api = new PipelineApi(hosts[0].BaseAddress);
        using var made = await api.Http.PostAsJsonAsync("pipelines", new { title = "Main" }, ends);
        made.EnsureSuccessStatusCode();
        foreach (var (key, value) in new[] { ("Webhook:Secret", TestBed.WebhookSecret), ("Uon:ApiKey", UonSimulator.DefaultApiKey), ("Offerum:ApiKey", OfferumSimulator.DefaultKey) })
        {
            using var set = await api.Http.PutAsJsonAsync($"pipelines/main/secrets/{key}", new { value }, ends);
            set.EnsureSuccessStatusCode();
        }

        await PublishOnceAsync(api, settings, "first", ends);
    }

    /// <summary>Ten seconds are promised; a busy machine gets as long as it needs, and the test still ends.</summary>
    private static Task KnownOnBothAsync(HostedWorker[] hosts, int revision, CancellationToken ends) => Task.WhenAll(hosts.Select(async host =>
    {
        using var api = new PipelineApi(host.BaseAddress);
        while (!(await GetAsync(api, "pipelines", ends)).GetProperty("items").EnumerateArray().Any(p => p.GetProperty("state").GetString() == "running" && p.GetProperty("revision").GetInt32() == revision))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ends);
        }
    }));

    private static async Task PublishAsync(TestBed bed, HostedWorker[] hosts, JsonObject settings, CancellationToken ends)
    {
        for (var i = 1; i <= Publications; i++)
        {
            await ReachedAsync(bed, i * Leads / (Publications + 2), ends);
            var comment = string.Create(CultureInfo.InvariantCulture, $"change-{i}");
            await OnAnyAsync(hosts, api => PublishOnceAsync(api, settings, comment, ends), ends);
        }
    }

    private static async Task PublishOnceAsync(PipelineApi api, JsonObject settings, string comment, CancellationToken ends)
    {
        var next = settings.DeepClone().AsObject();
        next["Offerum"]!["Form"] = new JsonObject { ["comment"] = comment };
        using var request = new HttpRequestMessage(HttpMethod.Put, "pipelines/main/draft") { Content = JsonContent.Create(new JsonObject { ["settings"] = next }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var saved = await api.Http.SendAsync(request, ends);
        saved.EnsureSuccessStatusCode();
        using var published = await api.Http.PostAsJsonAsync("pipelines/main/publish", new { note = comment }, ends);
        published.EnsureSuccessStatusCode();
    }

    private static Task AnnounceAsync(HostedWorker[] hosts, CancellationToken ends) => Parallel.ForAsync(
        1, Leads + 1, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ends },
        async (lead, cancellationToken) => await OnAnyAsync(
            hosts,
            async api =>
            {
                using var answer = await api.SendWebhookAsync(lead, cancellationToken);
                answer.EnsureSuccessStatusCode();
            },
            cancellationToken));

    private static async Task KillAsync(TestBed bed, HostedWorker[] hosts, CancellationToken ends)
    {
        for (var i = 0; i < Kills; i++)
        {
            await ReachedAsync(bed, (i + 1) * Leads / (Kills + 2), ends);
            await hosts[i % 2].KillAsync();
            await hosts[i % 2].DisposeAsync();
            hosts[i % 2] = await bed.StartWorkerAsync(ends);
        }
    }

    private static async Task ReachedAsync(TestBed bed, int accepted, CancellationToken ends)
    {
        while (bed.Offerum.Accepted < accepted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ends);
        }
    }

    /// <summary>As a client behind a load balancer: what one process does not answer is asked of the other.</summary>
    private static async Task OnAnyAsync(HostedWorker[] hosts, Func<PipelineApi, Task> work, CancellationToken ends)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var api = new PipelineApi(hosts[i % 2].BaseAddress);
                await work(api);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ends.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ends);
            }
        }
    }

    /// <summary>The bed's pipeline as the page would store it, and no longer as code.</summary>
    private static JsonObject TakeSettings(TestBed bed)
    {
        var settings = new JsonObject();
        foreach (var (key, value) in bed.Settings.Where(s => s.Key.StartsWith($"Pipelines:{TestBed.Pipeline}:", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            bed.Settings.Remove(key);
            if (key.Split(':') is [_, _, var section, var name] && name is not ("ApiKey" or "Secret"))
            {
                settings[section] ??= new JsonObject();
                settings[section]![name] = value;
            }
        }

        return settings;
    }

    private static string Comment(JsonElement settings) => settings.GetProperty("Offerum").GetProperty("Form").GetProperty("comment").GetString()!;

    private static Task<JsonElement> GetAsync(PipelineApi api, string route, CancellationToken ends) => api.Http.GetFromJsonAsync<JsonElement>(route, ends);
}
