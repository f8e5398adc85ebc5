using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.PipelineControl;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Hooks;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>Registers webhooks in the cabinet, also for a draft: its address works before anything is published.</summary>
public sealed class HookEndpoint(
    HookRegistration registration, EditorAccess access, DraftReader drafts, IHookRegistry registry, PublicAddress address, PipelineCatalog catalog)
{
    public Task<IResult> RegisterAsync(HttpRequest request, string name, CancellationToken cancellationToken) => catalog.Current.Drafts.ContainsKey(name)
        ? access.ChangeAsync(
            name,
            async live =>
            {
                var draft = await drafts.ReadAsync(live, cancellationToken);
                return (draft.ProblemOf("Uon") ?? draft.ProblemOf("Webhook")) is { } problem
                    ? EditorProblems.CannotPublish([problem])
                    : HookRegistration.Answer(await registry.RegisterAsync(draft.Pipeline, address.Of(request.Scheme, request.Host.Value ?? ""), cancellationToken));
            },
            cancellationToken)
        : registration.RunAsync(request, name, cancellationToken);
}
