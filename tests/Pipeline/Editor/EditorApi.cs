using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Simulators;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>The editor as its page uses it.</summary>
internal sealed class EditorApi(PipelineApp app)
{
    /// <summary>What a pipeline between the two simulators needs, without its secrets.</summary>
    /// <remarks>An account of its own: after a publication the orders to a shared one wait until every instance knows the revision.</remarks>
    public JsonObject Settings(string comment = "one", string account = "one") => new()
    {
        ["Uon"] = new JsonObject
        {
            ["BaseAddress"] = app.Uon.BaseAddress.ToString(),
            ["RequestsPerSecond"] = 10000,
            ["WaitFor"] = "00:00:01,00:00:01",
            ["Retry"] = "00:00:01,00:00:01",
        },
        ["Offerum"] = new JsonObject
        {
            ["Flow"] = OfferumSimulator.DefaultFlow,
            ["Account"] = account,
            ["BaseAddress"] = app.Offerum.BaseAddress.ToString(),
            ["Retry"] = "00:00:01,00:00:01",
            ["Form"] = new JsonObject { ["comment"] = comment },
        },
    };

    /// <summary>From nothing to a running pipeline.</summary>
    public async Task<string> RunAsync(string title, string comment = "one")
    {
        var name = await CreateAsync(title);
        await SaveAsync(name, Settings(comment, account: name));
        await SetSecretsAsync(name);
        Assert.Equal(1, await PublishAsync(name));
        return name;
    }

    public async Task<string> CreateAsync(string title)
    {
        using var answer = await app.PostAsync("pipelines", new { title });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString()!;
    }

    public async Task SetSecretsAsync(string name)
    {
        foreach (var (key, value) in new[] { ("Webhook:Secret", PipelineApp.Secret), ("Uon:ApiKey", UonSimulator.DefaultApiKey), ("Offerum:ApiKey", OfferumSimulator.DefaultKey) })
        {
            using var answer = await app.Http.PutAsJsonAsync($"pipelines/{name}/secrets/{key}", new { value });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    public async Task<JsonElement> DraftAsync(string name) => await app.Http.GetFromJsonAsync<JsonElement>($"pipelines/{name}/draft");

    /// <summary>Saves over whatever is there.</summary>
    public async Task SaveAsync(string name, JsonObject settings)
    {
        using var answer = await SaveAsync(name, settings, (await DraftAsync(name)).GetProperty("etag").GetString()!);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<HttpResponseMessage> SaveAsync(string name, JsonObject settings, string? etag, string? rename = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"pipelines/{name}/draft")
        {
            Content = JsonContent.Create(new JsonObject { ["settings"] = settings.DeepClone(), ["name"] = rename }),
        };
        if (etag is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(etag));
        }

        return await app.Http.SendAsync(request);
    }

    public async Task<int> PublishAsync(string name, string note = "a test")
    {
        using var answer = await app.PostAsync($"pipelines/{name}/publish", new { note });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32();
    }

    public async Task<HttpStatusCode> PostAsync(string route)
    {
        using var answer = await app.PostAsync(route, new { });
        return answer.StatusCode;
    }

    /// <summary>What health says, as soon as it says this. A busy machine's storage may be too slow for the app at first.</summary>
    public Task<string> HealthAsync(string wanted) =>
        Eventually.GetAsync(() => app.Http.GetStringAsync("health/details"), text => text.Contains(wanted, StringComparison.Ordinal));

    /// <summary>The pipeline in the list, as soon as it is in this state.</summary>
    public Task<JsonElement> ListedAsync(string name, string state) =>
        Eventually.GetAsync(() => ListedAsync(name), listed => listed.ValueKind == JsonValueKind.Object && listed.GetProperty("state").GetString() == state);

    /// <summary>The pipeline in the list; undefined when it is not there.</summary>
    public async Task<JsonElement> ListedAsync(string name) =>
        (await app.Http.GetFromJsonAsync<JsonElement>("pipelines")).GetProperty("items").EnumerateArray().FirstOrDefault(p => p.GetProperty("name").GetString() == name);

    /// <summary>Sells a lead, and returns its story and the form field that the revision puts into it.</summary>
    public async Task<(JsonElement Story, string? Comment)> SellAsync(string name, long id)
    {
        app.Uon.Leads.Put(UonRecord.Lead(id));
        using var answer = await app.SendWebhookAsync(id, pipeline: name);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var story = await app.WaitForAsync($"{name}/lead/{id}", "Delivered");
        var order = Assert.Single(app.Offerum.Sent($"lead-{id}"));
        return (story, order.Form.GetValueOrDefault("comment"));
    }
}
