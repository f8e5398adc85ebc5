using System.Text.Json;
using UonOfferum.Shared.Configuration;

namespace UonOfferum.OperationsFunction.Editor;

public sealed record CreatedView(string Name, string Title);

public sealed record TemplateListView(IReadOnlyList<TemplateView> Items);

/// <param name="Id">For <c>POST pipelines</c>.</param>
/// <param name="Title">In English; the page has words of its own.</param>
/// <param name="Description">In English, too.</param>
public sealed record TemplateView(string Id, string Title, string Description);

/// <summary>The draft being edited.</summary>
/// <param name="Name">Used in routes and keys.</param>
/// <param name="NameFixed">It was published, so the name stays.</param>
/// <param name="Title">The display title.</param>
/// <param name="Settings">The content of <c>Pipelines:{name}</c> in <c>pipelines.json</c>, without secrets.</param>
/// <param name="Secrets">The secrets of these settings; never their values.</param>
/// <param name="BasedOn">The revision the draft began from.</param>
/// <param name="LiveRevision">The revision in force; null: never published.</param>
/// <param name="Running">It accepts new records.</param>
/// <param name="UpdatedAt">When the draft was saved.</param>
/// <param name="UpdatedBy">The name an operator gave.</param>
/// <param name="Etag">For If-Match.</param>
public sealed record DraftView(
    string Name,
    bool NameFixed,
    string Title,
    JsonElement Settings,
    IReadOnlyList<SecretView> Secrets,
    int? BasedOn,
    int? LiveRevision,
    bool Running,
    DateTimeOffset UpdatedAt,
    string? UpdatedBy,
    string Etag);

/// <param name="Key">Its setting, such as <c>Uon:ApiKey</c>.</param>
/// <param name="Label">In English; the page has words of its own.</param>
/// <param name="Required">The pipeline cannot be published without it.</param>
/// <param name="Set">It has a value.</param>
/// <param name="Version">The value's version.</param>
/// <param name="UpdatedAt">When it was set.</param>
/// <param name="Problem">Why its value cannot be used; null when it can.</param>
public sealed record SecretView(string Key, string Label, bool Required, bool Set, string? Version, DateTimeOffset? UpdatedAt, string? Problem);

public sealed record SettingProblemsView(IReadOnlyList<SettingProblem> Problems);

public sealed record PublishedView(int Revision);

public sealed record RevisionListView(IReadOnlyList<RevisionHeadView> Items);

public sealed record RevisionHeadView(int Revision, DateTimeOffset At, string? By, string? Note, bool Live);

/// <param name="Revision">Its number.</param>
/// <param name="At">When it was published.</param>
/// <param name="By">The name an operator gave.</param>
/// <param name="Note">The reason for the publication.</param>
/// <param name="Title">The display title.</param>
/// <param name="Settings">Without secrets.</param>
/// <param name="Secrets">The version of each secret, never its value. A draft whose secret has another version differs.</param>
/// <param name="Changes">Compared with the previous revision.</param>
public sealed record RevisionView(
    int Revision,
    DateTimeOffset At,
    string? By,
    string? Note,
    string Title,
    JsonElement Settings,
    IReadOnlyList<SecretVersionView> Secrets,
    IReadOnlyList<SettingChangeView> Changes);

/// <param name="Key">Its setting, such as <c>Uon:ApiKey</c>.</param>
/// <param name="Version">The value's version, as in the draft.</param>
public sealed record SecretVersionView(string Key, string Version);

/// <summary>Null where the setting is absent.</summary>
public sealed record SettingChangeView(string Key, string? Before, string? After);

public sealed record PipelineStateView(string Name, bool Running, int? Revision);

public sealed record ImportedView(IReadOnlyList<string> Names);
