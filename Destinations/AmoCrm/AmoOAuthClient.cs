using System.Text.Json;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>Exchanges a refresh token for the next pair: <c>POST /oauth2/access_token</c>. The reply is secret and is neither logged nor journaled.</summary>
public sealed class AmoOAuthClient(HttpClient http, TimeProvider time)
{
    internal async Task<(TokenPair? Pair, DeliveryReply? Refusal)> RenewAsync(
        AmoSettings settings, AmoOAuth oauth, string refreshToken, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TokenPair? pair = null;
        var body = new JsonObject
        {
            ["client_id"] = oauth.ClientId,
            ["client_secret"] = oauth.ClientSecret,
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
            ["redirect_uri"] = oauth.RedirectUri,
        };
        var reply = await new OrderCall("amoCRM token", "amoCRM", HttpMethod.Post, new Uri(settings.BaseAddress, "oauth2/access_token"), timeout)
        {
            Body = OrderJson.Encode(body),
            ContentType = OrderJson.ContentType,
        }.SendOnceAsync(
            http,
            (status, answer, wait) =>
            {
                pair = (int)status == 200 ? Read(answer) : null;
                return pair is not null ? new DeliveryReply(DeliveryOutcome.Delivered) : Refused((int)status, wait);
            },
            time,
            cancellationToken);
        return reply.Outcome switch
        {
            DeliveryOutcome.Delivered => (pair, null),
            // No lead was sent. The next attempt shows whether the refresh token was used up.
            DeliveryOutcome.Uncertain => (null, new DeliveryReply(DeliveryOutcome.Transient) { Detail = "The lead did not go out: amoCRM did not answer the request to renew the token" }),
            _ => (null, reply),
        };
    }

    private TokenPair? Read(ReadOnlyMemory<byte> answer)
    {
        if (!LenientJson.TryParse(answer, out var root) || Text(root, "access_token") is not { Length: > 0 } access || Text(root, "refresh_token") is not { Length: > 0 } refresh)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var seconds = root.TryGetProperty("expires_in", out var life) && life.ValueKind == JsonValueKind.Number && life.TryGetInt32(out var number) && number > 0 ? number : 3_600;
        return new TokenPair(access, refresh, now, now.AddSeconds(seconds));
    }

    private static DeliveryReply Refused(int status, TimeSpan? wait) => status switch
    {
        408 or 429 or >= 500 => new(DeliveryOutcome.Transient) { Status = status, Detail = $"The lead did not go out: the request to renew the token returned HTTP {status}", RetryAfter = wait },
        _ => new(DeliveryOutcome.Misconfigured)
        {
            Status = status,
            Detail = $"amoCRM refused to renew the token (HTTP {status}); check Amo:ClientId, Amo:ClientSecret and Amo:RedirectUri, and put a new refresh token into Amo:RefreshToken",
        },
    };

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
