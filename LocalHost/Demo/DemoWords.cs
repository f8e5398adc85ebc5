namespace UonOfferum.LocalHost.Demo;

/// <summary>Explains an event to someone who sees it for the first time.</summary>
internal static class DemoWords
{
    public static string Of(DemoEvent happened)
    {
        var meaning = happened.Name switch
        {
            "fetched" => "the record is read from U-ON's API",
            "enriched" => "the fields and the phone are parsed",
            "claimed" => "the order is claimed in the journal, so it is sent only once",
            "sent" => "the order is posted to Offerum",
            "delivered" => "Offerum accepted the order",
            "retry" or "waiting" => "not yet; it is retried",
            _ => "",
        };
        return string.Join(" · ", new[] { meaning, happened.Detail }.Where(text => !string.IsNullOrEmpty(text)));
    }
}
