using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Text;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>One message by MAX's bot API to one chat or user.</summary>
public sealed class MaxChannel(AlertSettings settings, IHttpClientFactory clients, TrustingClients trusting, TimeProvider time) : IAlertChannel
{
    /// <summary>The API's limit, in characters.</summary>
    private const int MaxText = 4_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public string Name => "max";

    public IReadOnlyList<string> Recipients => settings.Max?.Recipients ?? [];

    public async Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken)
    {
        if (settings.Max is not { } max)
        {
            return "Alerts:Max is no longer set.";
        }

        var body = new JsonObject { ["text"] = $"{message.Subject}\n{message.Text}".CutTo(MaxText), ["notify"] = true };
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(max.BaseAddress, $"messages?{recipient}"))
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", max.Token);
        // Neither client is disposed here: the factory and the cache own their handlers.
        var client = max.Roots is { } roots ? trusting.For(roots, AlertServices.Configure) : clients.CreateClient(nameof(MaxChannel));
        try
        {
            using var answer = await client.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"MAX answered HTTP {(int)answer.StatusCode}. Check Alerts:Max:Token, Chat and User.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "MAX did not answer in time.";
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return "MAX's certificate is not trusted. Give its root in Alerts:Max:RootCertificate (docs/destinations/max.md).";
        }
        catch (HttpRequestException e)
        {
            return $"MAX could not be reached ({e.HttpRequestError}).";
        }
    }
}
