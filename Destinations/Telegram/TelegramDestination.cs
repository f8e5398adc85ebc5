using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Operations;

namespace UonOfferum.Destinations.Telegram;

/// <summary>A chat that gets a message for every record, by the method <c>sendMessage</c> of the Bot API.</summary>
public sealed class TelegramDestination(TelegramClient client, DestinationRateLimiter limiter) : Destination<TelegramSettings>(TelegramServices.Module)
{
    public const string DestinationName = "telegram";

    public const string QueueName = "telegram-orders";

    private const string Method = "sendMessage";

    /// <summary>The rate limit belongs to the chat, whichever pipelines write to it.</summary>
    public override ValueTask<DateTimeOffset?> AcquireAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return limiter.AcquireAsync($"{DestinationName}|{settings.ChatId}", settings.RequestsPerSecond, cancellationToken);
    }

    public override OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return new OrderPreview(
            TelegramClient.AddressOf(settings, "***", Method).AbsoluteUri,
            [new("chat_id", settings.ChatId), new("text", TelegramMessage.TextOf(operation, settings))]);
    }

    public override Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return client.CallAsync(settings, Method, TelegramMessage.Of(operation, settings), cancellationToken);
    }
}
