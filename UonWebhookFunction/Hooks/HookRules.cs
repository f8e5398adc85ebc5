using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;

namespace UonOfferum.UonWebhookFunction.Hooks;

/// <summary>Determines the webhook state of one event, and the webhook that decides it. Pure.</summary>
internal static class HookRules
{
    private const string Route = "/api/uon/";

    /// <param name="typeId">The event.</param>
    /// <param name="hooks">All webhooks of the cabinet.</param>
    /// <param name="pipeline">Its name and secrets.</param>
    /// <param name="address">The public address of this app; null: unknown.</param>
    public static (HookItem Item, CabinetHook? Hook) Classify(int typeId, IReadOnlyList<CabinetHook> hooks, Pipeline pipeline, Uri? address)
    {
        var ofType = hooks.Where(h => h.TypeId == typeId).ToList();
        var ours = ofType.Where(h => IsOurs(h, pipeline, address)).ToList();
        if (ours.Find(h => h.IsPost) is { } right)
        {
            return (new HookItem(typeId, HookState.Present, Shown(right), "It calls this pipeline by POST."), right);
        }

        if (ours is [var other, ..])
        {
            return (new HookItem(typeId, HookState.Method, Shown(other),
                $"It calls this pipeline by {other.Method.ToUpperInvariant()}, so the address contains the client's data. Choose POST in the cabinet, or register it here."), other);
        }

        // Prefer a webhook for this app's route, which was probably meant for this pipeline. Webhooks of other services are ignored.
        if (ofType.Find(h => IsOfPipeline(h, pipeline, address)) is { } formerSecret)
        {
            return (new HookItem(typeId, HookState.Elsewhere, Shown(formerSecret),
                "It calls this pipeline with a secret that is not valid. Register it here, or copy the address from the pipeline's page."), formerSecret);
        }

        if (ofType.Find(IsOfApp) is { } elsewhere)
        {
            return (new HookItem(typeId, HookState.Elsewhere, Shown(elsewhere),
                "It calls another pipeline or another deployment of this app. Register one for this pipeline, or copy the address from the pipeline's page."), null);
        }

        return (new HookItem(typeId, HookState.Missing, null,
            ofType.Count > 0
                ? "The cabinet's webhooks of this event call other services only. Register one for this pipeline."
                : "The cabinet has no webhook of this event. Register it here, or add it in the cabinet."), null);
    }

    private static bool IsOurs(CabinetHook hook, Pipeline pipeline, Uri? address) =>
        PathOf(hook, address) is { } path && pipeline.WebhookSecrets.Any(secret => path == PublicAddress.WebhookPath(pipeline.Name, secret));

    private static bool IsOfPipeline(CabinetHook hook, Pipeline pipeline, Uri? address) =>
        PathOf(hook, address)?.StartsWith(PublicAddress.WebhookPath(pipeline.Name, ""), StringComparison.Ordinal) == true;

    private static bool IsOfApp(CabinetHook hook) =>
        Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) && url.AbsolutePath.StartsWith(Route, StringComparison.Ordinal);

    /// <summary>Null when it calls another host, or has no valid host.</summary>
    private static string? PathOf(CabinetHook hook, Uri? address) =>
        Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) && (address is null || url.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase))
            ? url.AbsolutePath.TrimEnd('/')
            : null;

    /// <summary>An address of this app without its secret; for another service only the host, because its path may be secret, too.</summary>
    private static string Shown(CabinetHook hook)
    {
        var url = new Uri(hook.Url);
        var parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["api", "uon", var pipeline, ..]
            ? $"{url.GetLeftPart(UriPartial.Authority)}{PublicAddress.WebhookPath(pipeline, EffectiveSettings.Hidden)}"
            : url.GetLeftPart(UriPartial.Authority);
    }
}
