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
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        while (true)
        {
            using var answer = await http.GetAsync("health", timeout.Token);
            if (answer.StatusCode == wanted)
            {
                return await answer.Content.ReadAsStringAsync(timeout.Token);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, timeout.Token);
        }
    }

    /// <summary>Asks until the app is healthy, because otherwise there are no details, and returns them.</summary>
    public static async Task<JsonElement> HealthDetailsAsync(this HttpClient http)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Operation);
        while (true)
        {
            var details = await http.GetFromJsonAsync<JsonElement>("health/details", timeout.Token);
            if (details.Text("status") == "healthy")
            {
                return details;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, timeout.Token);
        }
    }
}
