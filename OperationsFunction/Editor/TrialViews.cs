using System.Text.Json;

namespace UonOfferum.OperationsFunction.Editor;

public sealed record RecentListView(IReadOnlyList<RecentView> Items);

/// <param name="Kind"><c>lead</c> or <c>request</c>.</param>
/// <param name="Id">U-ON's number.</param>
/// <param name="Date">When it was created; null: unknown.</param>
/// <param name="Title">What it is about, masked.</param>
public sealed record RecentView(string Kind, long Id, DateTimeOffset? Date, string Title);

public sealed record FlowListView(IReadOnlyList<FlowView> Items);

public sealed record FlowView(string Id, string Title);

/// <summary>A real record under the draft's settings; nothing was stored or sent.</summary>
/// <param name="Record">U-ON's whole answer; null when there was none.</param>
/// <param name="RecordId">U-ON's number.</param>
/// <param name="Kind">Where it was found.</param>
/// <param name="Outcome"><c>would-send</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="State">The state that the operation would have.</param>
/// <param name="Error">Why it would not be sent.</param>
/// <param name="Fields">The fields as read, not masked.</param>
/// <param name="Rules">The filter.</param>
/// <param name="Orders">One for each destination.</param>
public sealed record TrialView(
    JsonElement? Record,
    string RecordId,
    string Kind,
    string Outcome,
    string State,
    TrialErrorView? Error,
    IReadOnlyList<TrialFieldView> Fields,
    IReadOnlyList<TrialRuleView> Rules,
    IReadOnlyList<TrialOrderView> Orders)
{
    /// <summary>Without the content: it is personal data.</summary>
    public override string ToString() => nameof(TrialView);
}

public sealed record TrialErrorView(string Code, string Message);

/// <param name="Name">The field's.</param>
/// <param name="Path">Where it is read; null: computed.</param>
/// <param name="Value">Null: the record has none.</param>
/// <param name="Problem">What is wrong with the path.</param>
public sealed record TrialFieldView(string Name, string? Path, string? Value, string? Problem);

/// <param name="Index">Position in the filter, from 0.</param>
/// <param name="Key">The rule's name.</param>
/// <param name="Passed">The record meets it.</param>
/// <param name="Value">The value of the tested field.</param>
/// <param name="Message">Why not; null when it passed.</param>
public sealed record TrialRuleView(int Index, string Key, bool Passed, string? Value, string? Message);

/// <param name="Destination">Its name.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">Keys are masked.</param>
/// <param name="Form">Its fields, by name.</param>
/// <param name="Body">The body if it is not a form; null otherwise.</param>
/// <param name="Problem">Why there is no order yet.</param>
public sealed record TrialOrderView(string Destination, string Method, string Url, IReadOnlyDictionary<string, string> Form, string? Body, string? Problem);

/// <param name="Taken">How many records were tested.</param>
/// <param name="Passed">How many of them would be sold, judging by age and filter.</param>
public sealed record PassView(int Taken, int Passed, IReadOnlyList<PassItemView> Items);

public sealed record PassItemView(string Kind, long Id, bool Passed, string? FailedRule);

public sealed record SentView(string Operation);

/// <param name="At">Null: none came.</param>
/// <param name="Method">Null: not stored, because the webhook was accepted.</param>
/// <param name="State">The operation's, or <c>ignored</c>.</param>
public sealed record LastWebhookView(DateTimeOffset? At, string? Method, int? TypeId, string? Kind, string? RecordId, string? State);
