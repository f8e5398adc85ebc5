using System.Globalization;
using Microsoft.Extensions.Logging;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Reconcile;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.UonWebhookFunction.Hooks;

/// <summary>Reads the cabinet's webhooks, reports problems with those of a pipeline, and creates or corrects them.</summary>
public sealed partial class HookRegistry(UonClient uon, ILogger<HookRegistry> logger) : IHookRegistry
{
    private const int LeadCreated = 1, RequestCreated = 2;

    /// <summary>A cabinet with more webhooks than this many pages is not read to its end.</summary>
    private const int MaxPages = 50;

    private const int PageSize = 100;

    public async Task<HookReport> CheckAsync(Pipeline pipeline, Uri? address, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var (hooks, problem) = await ListAsync(settings, cancellationToken);
        return hooks is null
            ? new HookReport([], problem)
            : new HookReport([.. settings.Events.Order().Select(type => HookRules.Classify(type, hooks, pipeline, address).Item)], null);
    }

    public async Task<HookReport> RegisterAsync(Pipeline pipeline, Uri address, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<UonSettings>();
        var (hooks, problem) = await ListAsync(settings, cancellationToken);
        if (hooks is null)
        {
            return new HookReport([], problem);
        }

        // During a secret rotation both are valid, and the new one is last.
        var url = PublicAddress.Webhook(address, pipeline.Name, pipeline.WebhookSecrets[^1]).AbsoluteUri;
        var items = new List<HookItem>();
        foreach (var type in Wanted(settings))
        {
            var (item, hook) = HookRules.Classify(type, hooks, pipeline, address);
            if (item.State == HookState.Present)
            {
                items.Add(item);
                continue;
            }

            var reply = hook is null
                ? await uon.CreateHookAsync(settings, Form(type, url), cancellationToken)
                : await uon.UpdateHookAsync(settings, hook.Id, Form(type, url), cancellationToken);
            if (Refusal(reply) is { } refusal)
            {
                return new HookReport([.. items, item], refusal);
            }

            Log.Registered(logger, pipeline.Name, type, hook is null ? "created" : "corrected");
            items.Add(new HookItem(type, hook is null ? HookState.Created : HookState.Fixed, item.Url, ""));
        }

        return await VerifiedAsync(pipeline, address, items, cancellationToken);
    }

    /// <summary>The events of new records, of the tables that this pipeline reads.</summary>
    internal static IEnumerable<int> Wanted(UonSettings settings) =>
        Reconciler.Kinds(settings).Select(kind => kind == RecordKind.Lead ? LeadCreated : RequestCreated);

    /// <summary>A 200 proves nothing: U-ON also returns it for fields that it ignores.</summary>
    private async Task<HookReport> VerifiedAsync(Pipeline pipeline, Uri address, List<HookItem> items, CancellationToken cancellationToken)
    {
        var (hooks, problem) = await ListAsync(pipeline.Get<UonSettings>(), cancellationToken);
        if (hooks is null)
        {
            return new HookReport(items, problem);
        }

        var seen = items.ConvertAll(done =>
        {
            var now = HookRules.Classify(done.TypeId, hooks, pipeline, address).Item;
            return now.State == HookState.Present && done.State is HookState.Created or HookState.Fixed
                ? now with { State = done.State, Message = done.State == HookState.Created ? "The webhook is now in U-ON." : "The webhook is now corrected in U-ON." }
                : now;
        });
        return new HookReport(seen, seen.TrueForAll(i => i.State is not (HookState.Missing or HookState.Elsewhere or HookState.Method))
            ? null
            : "U-ON reported that it saved the webhook but does not list it. Check the list in the cabinet.");
    }

    /// <summary>Every webhook of the cabinet; null and the reason when they cannot be read.</summary>
    private async Task<(List<CabinetHook>? Hooks, string? Problem)> ListAsync(UonSettings settings, CancellationToken cancellationToken)
    {
        var hooks = new List<CabinetHook>();
        for (var page = 1; page <= MaxPages; page++)
        {
            switch (await uon.GetHooksAsync(settings, page, cancellationToken))
            {
                case UonReply.Page found:
                    hooks.AddRange(found.Records.Select(CabinetHook.Read).OfType<CabinetHook>());
                    if (found.Records.Count < PageSize)
                    {
                        return (hooks, null);
                    }

                    break;
                // U-ON gives the same reply for a cabinet without webhooks as for a page past the end.
                case UonReply.NotFound:
                    return (hooks, null);
                case var failure:
                    return (null, Refusal(failure));
            }
        }

        return (hooks, null);
    }

    private static string? Refusal(UonReply reply) => reply switch
    {
        UonReply.Written => null,
        UonReply.Denied => "U-ON refuses it: the key may not read or change webhooks. Give it that permission in the cabinet, or change the webhooks manually.",
        UonReply.Inactive => "The API is not switched on in the U-ON cabinet.",
        UonReply.Throttled => "U-ON throttles the key at the moment. Try again in a minute.",
        UonReply.Failure failure => failure.Reason,
        _ => "U-ON no longer has that webhook. Try again.",
    };

    private static List<KeyValuePair<string, string>> Form(int type, string url) =>
    [
        new("type_id", type.ToString(CultureInfo.InvariantCulture)),
        new("url", url),
        // U-ON's default is GET.
        new("method", "POST"),
        new("note", "UonOfferum"),
    ];

    private static partial class Log
    {
        [LoggerMessage(1121, LogLevel.Information, "{Pipeline}: the cabinet's webhook of event {Type} was {What}")]
        public static partial void Registered(ILogger logger, string pipeline, int type, string what);
    }
}
