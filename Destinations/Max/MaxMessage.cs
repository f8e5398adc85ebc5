using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Max;

/// <summary>One record as a message of MAX.</summary>
internal static class MaxMessage
{
    /// <summary>The API's limit, in characters.</summary>
    private const int MaxText = 4_000;

    public static string PathOf(MaxSettings settings) => $"messages?{settings.Recipient}";

    public static string TextOf(Operation operation, MaxSettings settings) =>
        settings.Text.Render(name => OrderValues.Of(operation, name)).CutTo(MaxText);

    /// <summary>Sent without a format, so that nothing in a record becomes markup.</summary>
    public static JsonObject Of(Operation operation, MaxSettings settings) =>
        new() { ["text"] = TextOf(operation, settings), ["notify"] = true };
}
