using UonOfferum.Destinations.Telegram;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;

namespace UonOfferum.Tests.Unit.Destinations.Telegram;

public sealed class TelegramMessageTests
{
    private static readonly (string, string)[] Least = [("BotToken", "123:abc"), ("ChatId", "-1001234567890")];

    [Fact]
    public void The_chat_is_told_who_it_is_and_where_from()
    {
        var message = Message();

        Assert.Equal("""{"chat_id":"-1001234567890","text":"Анна +79000000001\nU-ON: lead 48213","link_preview_options":{"is_disabled":true}}""", OrderJson.Text(message));
    }

    [Fact]
    public void A_topic_is_a_number()
    {
        Assert.Equal(7, (long)Message(("Thread", "7"))["message_thread_id"]!);
    }

    [Fact]
    public void A_text_longer_than_a_message_is_cut_and_no_letter_is_halved()
    {
        var text = (string)Message(("Text", new string('a', 4_095) + "😀 {phone}"))["text"]!;

        Assert.Equal(new string('a', 4_095), text);
    }

    [Fact]
    public void The_token_stands_in_the_address_and_is_no_scheme_there()
    {
        var (settings, _) = Read(Least);

        Assert.Equal("https://api.telegram.org/bot123:abc/sendMessage", TelegramClient.AddressOf(settings, settings.BotToken, "sendMessage").AbsoluteUri);
    }

    [Theory]
    [InlineData("BotToken", "", "Telegram:BotToken: is missing.")]
    [InlineData("BotToken", "hush", "Telegram:BotToken: is not a bot's token.")]
    [InlineData("ChatId", "", "Telegram:ChatId: is missing.")]
    [InlineData("ChatId", "my chat", "Telegram:ChatId: is not a chat.")]
    [InlineData("Thread", "x", "Telegram:Thread: is not a topic's number.")]
    [InlineData("Text", "{phne}", "Telegram:Text: '{phne}': there is no field 'phne'. Did you mean 'phone'?")]
    [InlineData("BaseAddress", "http://example.com", "Telegram:BaseAddress: must be an https address")]
    [InlineData("Colour", "red", "Telegram:Colour: is not a setting.")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected)
    {
        var (_, errors) = Read([.. Least, (key, value)]);

        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(errors, error => error.Contains("hush", StringComparison.Ordinal));
    }

    private static (TelegramSettings Settings, IReadOnlyList<string> Errors) Read(IEnumerable<(string, string)> settings) =>
        TestDestinations.Read(TelegramSettings.Section, TelegramSettings.Read, settings.GroupBy(s => s.Item1, s => s.Item2).Select(s => (s.Key, s.Last())));

    private static System.Text.Json.Nodes.JsonObject Message(params (string, string)[] more)
    {
        var (settings, errors) = Read([.. Least, .. more]);
        Assert.Empty(errors);
        return TelegramMessage.Of(Some.Enriching(EnrichmentState.Enriched), settings);
    }
}
