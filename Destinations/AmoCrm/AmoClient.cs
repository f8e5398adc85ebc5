using System.Net;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Storage;

namespace UonOfferum.Destinations.AmoCrm;

/// <summary>
/// Calls the API of one account, once. With OAuth a call may have to wait for a new token first; together they stay within the one timeout
/// that the claim's lease allows for: half of it for the call, a quarter for the wait, a quarter for the renewal.
/// </summary>
public sealed class AmoClient(HttpClient http, AmoTokens tokens, TimeProvider time)
{
    public const string LeadPath = "api/v4/leads/complex";

    /// <summary>The share of the call's time for checking whether an earlier send arrived.</summary>
    private const double LookShare = 0.25;

    /// <summary>A token that is refused this soon after amoCRM issued it has not expired, so a renewal would not help.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <param name="settings">The account.</param>
    /// <param name="leads">One lead.</param>
    /// <param name="looked">Part of the time was already spent on searching for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<DeliveryReply> AddAsync(AmoSettings settings, JsonArray leads, bool looked, CancellationToken cancellationToken) =>
        CallAsync("amoCRM lead", settings, HttpMethod.Post, LeadPath, leads, looked ? 1 - LookShare : 1, AmoReplyReader.Added, cancellationToken);

    /// <summary>Looks for the lead that an earlier send may have made. Read-only: a lost reply leaves no uncertainty, because no lead was sent.</summary>
    internal async Task<DeliveryReply> FindAsync(AmoSettings settings, string mark, CancellationToken cancellationToken)
    {
        var reply = await CallAsync(
            "amoCRM search", settings, HttpMethod.Get, $"api/v4/leads?limit=250&query={Uri.EscapeDataString(mark.Trim('[', ']'))}", body: null, LookShare,
            (status, body, wait) => AmoReplyReader.Listed(mark, status, body, wait), cancellationToken);
        return reply.Outcome switch
        {
            DeliveryOutcome.Transient => reply with { MayHaveArrived = false },
            DeliveryOutcome.Uncertain or DeliveryOutcome.Unconfirmed or DeliveryOutcome.Rejected => reply with
            {
                Outcome = DeliveryOutcome.Transient,
                Detail = "The lead did not go out: amoCRM did not say whether it already has the lead",
            },
            _ => reply,
        };
    }

    /// <summary>Read-only: changes nothing in the account.</summary>
    internal Task<DeliveryReply> AskAccountAsync(AmoSettings settings, CancellationToken cancellationToken) =>
        CallAsync("amoCRM account", settings, HttpMethod.Get, "api/v4/account", body: null, 1, AmoReplyReader.Account, cancellationToken);

    private async Task<DeliveryReply> CallAsync(
        string span,
        AmoSettings settings,
        HttpMethod method,
        string path,
        JsonArray? body,
        double share,
        Func<HttpStatusCode, ReadOnlyMemory<byte>, TimeSpan?, DeliveryReply> read,
        CancellationToken cancellationToken)
    {
        var access = await AccessAsync(settings, cancellationToken);
        if (access.Refusal is { } refusal)
        {
            return refusal;
        }

        var reply = await new OrderCall(
            span, "amoCRM", method, new Uri(settings.BaseAddress, path), (settings.OAuth is null ? settings.Policy.Timeout : settings.Policy.Timeout / 2) * share)
        {
            Body = body is null ? default : OrderJson.Encode(body),
            ContentType = body is null ? null : OrderJson.ContentType,
            Headers = [new("Authorization", $"Bearer {access.Pair?.Access ?? settings.Token}")],
        }.SendOnceAsync(http, read, time, cancellationToken);
        if (reply.Status == 401 && settings.OAuth is { } oauth && access.Pair is { } pair && time.GetUtcNow() - pair.Since > Fresh)
        {
            tokens.Refuse(settings, oauth, pair);
            return reply with { Outcome = DeliveryOutcome.Transient, Detail = "amoCRM refused the token before it expired; the next try renews it" };
        }

        return reply;
    }

    private async Task<AmoAccess> AccessAsync(AmoSettings settings, CancellationToken cancellationToken)
    {
        if (settings.OAuth is not { } oauth)
        {
            return new AmoAccess(null, null);
        }

        try
        {
            return await tokens.GetAsync(settings, oauth, cancellationToken);
        }
        catch (Exception e) when (StorageErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            return new AmoAccess(null, new DeliveryReply(DeliveryOutcome.Transient) { Detail = "The lead did not go out: the token could not be read from storage" });
        }
    }
}
