namespace UonOfferum.Shared.Operations;

/// <summary>Why an operation does not continue.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>; stable.</param>
/// <param name="Message">What was wrong and what to do, for an operator; no secret and no personal data.</param>
/// <param name="Stage"><c>enrich</c>, or the destination's name.</param>
public sealed record OperationError(string Code, string Message, string Stage);

/// <summary>The stable codes; docs/operations.md lists the remedy for each.</summary>
public static class ErrorCodes
{
    public const string RecordNotFound = "record-not-found";
    public const string NoPhone = "no-phone";
    public const string BadPhone = "bad-phone";
    public const string AmbiguousKind = "ambiguous-kind";
    public const string UonUnavailable = "uon-unavailable";
    public const string UonDenied = "uon-denied";
    public const string UonInactive = "uon-inactive";
    public const string UonUnreadable = "uon-unreadable";
    public const string Uncertain = "uncertain";
    public const string TooOld = "too-old";
    public const string Filtered = "filtered";
    public const string SamePerson = "same-person";
    public const string SameRecord = "same-record";
    public const string Retired = "retired";
    public const string Unreadable = "unreadable";
    public const string UnmatchedPostback = "unmatched-postback";
    public const string Crashed = "crashed";

    /// <summary>Codes of a destination carry its name: <c>offerum-rejected</c>.</summary>
    public static string Unavailable(string destination) => destination + "-unavailable";

    public static string Denied(string destination) => destination + "-denied";

    public static string Rejected(string destination) => destination + "-rejected";

    public static string Unconfirmed(string destination) => destination + "-unconfirmed";
}
