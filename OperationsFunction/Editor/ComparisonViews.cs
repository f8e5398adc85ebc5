namespace UonOfferum.OperationsFunction.Editor;

public sealed record ComparisonStartedView(string Id);

/// <summary>The draft compared with the live revision for the journal's newest records, which are fetched again. None of them is stored or sent.</summary>
/// <param name="Id">The comparison's id.</param>
/// <param name="Status"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Done">Records compared.</param>
/// <param name="Total">Records to compare.</param>
/// <param name="Error">Why it failed, and the remedy.</param>
/// <param name="Same">Records with the same result.</param>
/// <param name="Differing">Records with a different result.</param>
/// <param name="Items">Newest first.</param>
public sealed record ComparisonView(string Id, string Status, int Done, int Total, string? Error, int Same, int Differing, IReadOnlyList<ComparedView> Items);

/// <param name="Operation">The record's operation in the journal.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="RecordId">U-ON's number.</param>
/// <param name="Live">Its outcome under the live revision.</param>
/// <param name="Draft">Its outcome under the draft.</param>
/// <param name="Orders">One for each destination of either revision.</param>
public sealed record ComparedView(string Operation, string Kind, string RecordId, ComparedOutcomeView Live, ComparedOutcomeView Draft, IReadOnlyList<ComparedOrderView> Orders)
{
    internal bool Differs => Live != Draft || Orders.Any(order => order.Change != ComparedOrderView.Unchanged);
}

/// <param name="Outcome"><c>would-send</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Code">Why it would not be sent.</param>
/// <param name="Message">The same in words.</param>
public sealed record ComparedOutcomeView(string Outcome, string? Code, string? Message);

/// <param name="Destination">Its name.</param>
/// <param name="Change"><c>same</c>, <c>changed</c>, <c>added</c> or <c>removed</c>.</param>
/// <param name="Fields">What differs, phones and e-mails masked.</param>
public sealed record ComparedOrderView(string Destination, string Change, IReadOnlyList<ComparedFieldView> Fields)
{
    public const string Unchanged = "same";
}

/// <summary>Null where the field is not in the order.</summary>
public sealed record ComparedFieldView(string Name, string? Live, string? Draft);
