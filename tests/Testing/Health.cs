using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace UonOfferum.Testing;

/// <summary>What an app says of itself.</summary>
public static class Health
{
    /// <summary>Asks until the status is as wanted, and returns the body. On a busy machine storage is now and then too slow for one look.</summary>
    public static async Task<string> HealthAsync(this HttpClient http, HttpStatusCode wanted)
    {
        var found = await Eventually.GetAsync(
            async () =>
            {
                using var answer = await http.GetAsync("health");
                return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync());
            },
            health => health.StatusCode == wanted);
        return found.Body;
    }

    /// <summary>Asks until the app is healthy, because otherwise there are no details, and returns them.</summary>
    public static Task<JsonElement> HealthDetailsAsync(this HttpClient http) =>
        Eventually.GetAsync(() => http.GetFromJsonAsync<JsonElement>("health/details"), details => details.Text("status") == "healthy");
}
