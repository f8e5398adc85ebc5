using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace UonOfferum.LocalHost.Demo;

internal sealed record DemoEvent(DateTimeOffset At, string Name, int Attempt, string? Detail);

internal sealed record DemoError(string Code, string Message);

internal sealed record DemoDelivery(string Destination, string State, string? OrderId);

internal sealed record DemoOperation(
    string Id, string RecordId, string State, DemoError? Error, IReadOnlyList<DemoDelivery> Deliveries, IReadOnlyList<DemoEvent> Events)
{
    /// <summary>No further change happens without an operator.</summary>
    public bool IsOver => State is not ("Waiting" or "Enriched" or "Sending");
}

internal sealed record DemoPage(IReadOnlyList<DemoOperation> Items, string? Next);

/// <summary>The app's own API, used as any external client would: over HTTP, with the key.</summary>
internal sealed class DemoApi(HttpClient client)
{
    private const int MaxPages = 20;

    /// <summary>How many operations the journal holds already, and the highest number among them.</summary>
    public async Task<(int Count, bool More, long? Highest)> EarlierAsync(CancellationToken cancellationToken)
    {
        var (count, highest, next) = (0, (long?)null, (string?)null);
        for (var page = 0; page < MaxPages; page++)
        {
            var found = (await client.GetFromJsonAsync<DemoPage>(
                $"operations?pipeline={DemoWorld.Pipeline}&take=100{(next is null ? "" : "&cursor=" + Uri.EscapeDataString(next))}", cancellationToken))!;
            count += found.Items.Count;
            foreach (var number in found.Items.Select(o => long.Parse(o.RecordId, CultureInfo.InvariantCulture)))
            {
                highest = Math.Max(highest ?? number, number);
            }

            next = found.Next;
            if (next is null)
            {
                break;
            }
        }

        return (count, next is not null, highest);
    }

    /// <summary>Null until the journal has it.</summary>
    public async Task<DemoOperation?> GetAsync(long id, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"operations/{DemoWorld.Pipeline}/lead/{id}"), cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DemoOperation>(cancellationToken);
    }

    /// <summary>As U-ON calls it: a form.</summary>
    public async Task<HttpStatusCode> CallWebhookAsync(string secret, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync($"uon/{DemoWorld.Pipeline}/{secret}", form, cancellationToken);
        return answer.StatusCode;
    }
}
