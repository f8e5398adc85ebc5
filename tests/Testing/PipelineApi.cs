using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace UonOfferum.Testing;

/// <summary>A running app, as U-ON and an operator see it.</summary>
public sealed class PipelineApi(Uri baseAddress) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends each webhook once, whatever the answer.</summary>
    private readonly HttpClient _once = Client(baseAddress, new SocketsHttpHandler());

    /// <summary>Repeats what is answered with a 5xx.</summary>
    public HttpClient Http { get; } = Client(baseAddress, new RepeatingHandler());

    /// <summary>As below; a 5xx is sent again, as every client must: a busy machine can be too slow for the worker's own time limits.</summary>
    public async Task<HttpResponseMessage> SendWebhookAsync(
        long id, CancellationToken cancellationToken, int? eventType = 1, string pipeline = TestBed.Pipeline)
    {
        while (true)
        {
            var answer = await SendWebhookOnceAsync(id, cancellationToken, eventType, pipeline);
            if ((int)answer.StatusCode < 500)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The webhook as U-ON sends it, of event 1 (a lead was created) if nothing else is said; a 5xx is an answer too.</summary>
    /// <param name="id">The record's number.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    /// <param name="eventType">U-ON's <c>type_id</c>; null: none, as the no-code service's webhooks come.</param>
    /// <param name="pipeline">Which pipeline's address.</param>
    public async Task<HttpResponseMessage> SendWebhookOnceAsync(
        long id, CancellationToken cancellationToken, int? eventType = 1, string pipeline = TestBed.Pipeline)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["uon_id"] = "67054",
            ["request_id"] = id.ToString(CultureInfo.InvariantCulture),
        };
        if (eventType is { } type)
        {
            fields["type_id"] = type.ToString(CultureInfo.InvariantCulture);
        }

        using var form = new FormUrlEncodedContent(fields);
        return await _once.PostAsync($"uon/{pipeline}/{TestBed.WebhookSecret}", form, cancellationToken);
    }

    /// <summary>The operation as the API tells it; null when there is none.</summary>
    public async Task<JsonElement?> OperationAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync($"operations/{id}", cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
    }

    /// <summary>Waits until the operation is as wanted.</summary>
    /// <exception cref="TimeoutException">It did not get there; the message tells its whole story.</exception>
    public async Task<JsonElement> WaitForAsync(string id, Func<JsonElement, bool> wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience);
        JsonElement? last = null;
        while (!over.IsCancellationRequested)
        {
            last = await OperationAsync(id, cancellationToken);
            if (last is { } operation && wanted(operation))
            {
                return operation;
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }

        throw new TimeoutException($"{id} did not become what was wanted within {patience.TotalSeconds} s. It is: {last}");
    }

    public Task<JsonElement> WaitForAsync(string id, string state, TimeSpan patience, CancellationToken cancellationToken) =>
        WaitForAsync(id, operation => State(operation) == state, patience, cancellationToken);

    /// <summary>All operations of a list, page after page, newest first.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await Http.GetFromJsonAsync<JsonElement>($"operations?take=500&{query}{(cursor is null ? "" : $"&cursor={cursor}")}", cancellationToken);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                yield return item;
            }

            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
    }

    /// <summary>Has a job run once from now on. Returns before it has run.</summary>
    public async Task RunJobAsync(string job, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsync($"jobs/{job}/run", content: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until no run of the job is asked for or under way.</summary>
    public async Task WaitForJobAsync(string job, CancellationToken cancellationToken)
    {
        while (JobList.IsBusy(await Http.GetFromJsonAsync<JsonElement>("jobs", cancellationToken), job))
        {
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    public static string State(JsonElement operation) => operation.GetProperty("state").GetString() ?? "";

    /// <summary>No message and no timer will move it any more.</summary>
    public static bool IsFinal(JsonElement operation) => State(operation) switch
    {
        "Waiting" or "Enriched" or "Sending" or "Held" => false,
        "Uncertain" => !operation.TryGetProperty("nextTryAt", out var at) || at.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    public void Dispose()
    {
        Http.Dispose();
        _once.Dispose();
    }

    private static HttpClient Client(Uri baseAddress, HttpMessageHandler handler) => new(handler)
    {
        BaseAddress = new Uri(baseAddress, "api/"),
        DefaultRequestHeaders = { { "x-functions-key", TestBed.FunctionKey } },
        // How long a broken test takes; a busy machine needs its time for a long list, and for every repetition.
        Timeout = TestTimeouts.Operation,
    };
}
