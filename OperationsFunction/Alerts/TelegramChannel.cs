using System.Globalization;
using System.Text.Json.Nodes;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>One message by the Bot API to one chat.</summary>
public sealed class TelegramChannel(AlertSettings settings, IHttpClientFactory clients, TimeProvider time) : IAlertChannel
{
    private const int MaxText = 4_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public string Name => "telegram";

    public IReadOnlyList<string> Recipients => settings.Telegram?.Chats ?? [];

    public async Task<string?> SendAsync(string recipient, AlertMessage message, CancellationToken cancellationToken)
    {
        if (settings.Telegram is not { } telegram)
        {
            return "Alerts:Telegram is no longer set.";
        }

        var text = $"{message.Subject}\n{message.Text}";
        var body = new JsonObject
        {
            ["chat_id"] = recipient,
            ["text"] = text.Length > MaxText ? text[..MaxText] : text,
            ["disable_web_page_preview"] = true,
        };
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var client = clients.CreateClient(nameof(TelegramChannel));
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.PostAsync(new Uri(telegram.BaseAddress, $"bot{telegram.Token}/sendMessage"), content, either.Token);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"Telegram answered HTTP {(int)answer.StatusCode}. Check Alerts:Telegram:Token and Chat.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "Telegram did not answer in time.";
        }
        catch (HttpRequestException e)
        {
            // Omit the exception's message: it may hold the address, which holds the token.
            return $"Telegram could not be reached ({e.HttpRequestError}).";
        }
    }
}
