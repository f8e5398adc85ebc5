namespace UonOfferum.LocalHost.Demo;

/// <summary>Explains an event to someone who sees it for the first time.</summary>
internal static class DemoWords
{
    public static string Of(DemoEvent happened)
    {
        var meaning = happened.Name switch
        {
            "fetched" => "the record is read from U-ON's API",
            "enriched" => "fields are parsed, the phone is understood",
            "claimed" => "the order is claimed in the journal: nobody else sends it",
            "sent" => "the order is posted to Offerum",
            "delivered" => "Offerum took it",
            "retry" or "waiting" => "not yet; it is tried again",
            _ => "",
        };
        return string.Join(" · ", new[] { meaning, happened.Detail }.Where(text => !string.IsNullOrEmpty(text)));
    }
}
