using System.Globalization;
using System.Text.Json.Nodes;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Shared.Text;

namespace UonOfferum.Destinations.Telegram;

/// <summary>One record as the parameters of <c>sendMessage</c>.</summary>
internal static class TelegramMessage
{
    /// <summary>The Bot API's limit, in UTF-16 characters.</summary>
    private const int MaxText = 4_096;

    public static string TextOf(Operation operation, TelegramSettings settings) =>
        settings.Text.Render(name => OrderValues.Of(operation, name)).CutTo(MaxText);

    public static JsonObject Of(Operation operation, TelegramSettings settings)
    {
        var message = new JsonObject { ["chat_id"] = settings.ChatId, ["text"] = TextOf(operation, settings) };
        if (settings.Thread is { } thread)
        {
            message["message_thread_id"] = long.Parse(thread, CultureInfo.InvariantCulture);
        }

        // A URL in a record must not expand into a preview that a third party controls.
        message["link_preview_options"] = new JsonObject { ["is_disabled"] = true };
        return message;
    }
}
