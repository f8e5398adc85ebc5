using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Pipelines;

namespace UonOfferum.TelegramSenderFunction;

/// <summary>A chat that is told of every record, by the method <c>sendMessage</c> of the Bot API.</summary>
public sealed class TelegramDestination(TelegramClient client, Pace pace) : IDestination
{
    public const string DestinationName = "telegram";

    public const string QueueName = "telegram-orders";

    private const string Method = "sendMessage";

    public string Name => DestinationName;

    public string Queue => QueueName;

    public bool Serves(Pipeline pipeline) => pipeline.Has<TelegramSettings>();

    public DeliveryPolicy Policy(Pipeline pipeline) => pipeline.Get<TelegramSettings>().Policy;

    public string Account(Pipeline pipeline) => pipeline.Get<TelegramSettings>().ChatId;

    /// <summary>The limit is the chat's, whichever pipelines write into it.</summary>
    public ValueTask<DateTimeOffset?> EnterAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return pace.EnterAsync($"{DestinationName}|{settings.ChatId}", settings.RequestsPerSecond, cancellationToken);
    }

    public OrderPreview Preview(Pipeline pipeline, Operation operation)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return new OrderPreview(
            TelegramClient.AddressOf(settings, "***", Method).AbsoluteUri,
            [new("chat_id", settings.ChatId), new("text", TelegramMessage.TextOf(operation, settings))]);
    }

    public Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken)
    {
        var settings = pipeline.Get<TelegramSettings>();
        return client.CallAsync(settings, Method, TelegramMessage.Of(operation, settings), cancellationToken);
    }
}
