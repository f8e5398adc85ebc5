namespace UonOfferum.Shared.Operations;

/// <summary>Which of U-ON's two tables a record belongs to; their id sequences are separate.</summary>
public enum RecordKind
{
    /// <summary>Not known yet: the webhook did not say, and U-ON has not been asked.</summary>
    Auto,

    /// <summary>«Обращение»</summary>
    Lead,

    /// <summary>«Заявка»</summary>
    Request,
}

public static class RecordKindNames
{
    /// <summary>The kind as used in routes, messages and keys: <c>auto</c>, <c>lead</c>, <c>request</c>.</summary>
    public static string Name(this RecordKind kind) => kind switch
    {
        RecordKind.Auto => "auto",
        RecordKind.Lead => "lead",
        RecordKind.Request => "request",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a record kind."),
    };

    public static bool TryParse(string? text, out RecordKind kind)
    {
        (kind, var known) = text switch
        {
            "auto" => (RecordKind.Auto, true),
            "lead" => (RecordKind.Lead, true),
            "request" => (RecordKind.Request, true),
            _ => (RecordKind.Auto, false),
        };
        return known;
    }
}
