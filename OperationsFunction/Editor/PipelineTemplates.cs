using System.Text.Json.Nodes;

namespace UonOfferum.OperationsFunction.Editor;

/// <summary>The initial settings of a new pipeline. The operator enters secrets and other specifics on the page.</summary>
internal static class PipelineTemplates
{
    public const string Default = "uon-offerum";

    private static readonly (TemplateView View, string Settings)[] All =
    [
        (new TemplateView(Default, "U-ON to Offerum", "As in the Webjack scenario: a new lead or request becomes an order in Offerum."),
            """{"Uon":{"Record":"auto","Events":"1,2"},"Offerum":{"Country":"auto"}}"""),
        (new TemplateView("uon-telegram", "U-ON to Telegram", "A new lead or request becomes a message in a Telegram chat."),
            """{"Uon":{"Record":"auto","Events":"1,2"},"Telegram":{"Uncertain":"resend"}}"""),
        (new TemplateView("uon-offerum-crm", "U-ON to Offerum and a CRM", "An order in Offerum and a lead in Bitrix24."),
            """{"Uon":{"Record":"auto","Events":"1,2"},"Offerum":{"Country":"auto"},"Bitrix":{"Duplicates":"add"}}"""),
        (new TemplateView("empty", "Empty", "Start with an empty pipeline."), "{}"),
    ];

    public static TemplateListView List { get; } = new([.. All.Select(t => t.View)]);

    public static IEnumerable<string> Ids => All.Select(t => t.View.Id);

    /// <summary>Null when there is no such template.</summary>
    public static JsonObject? Find(string id) =>
        Array.Find(All, t => t.View.Id == id) is { Settings: { } settings } ? JsonNode.Parse(settings)!.AsObject() : null;
}
