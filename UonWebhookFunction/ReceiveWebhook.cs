using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.UonWebhookFunction.Webhook;

namespace UonOfferum.UonWebhookFunction;

/// <summary><c>uon/{pipeline}/{secret}</c>: receives U-ON's webhook and enqueues the record's number.</summary>
public sealed class ReceiveWebhook(WebhookReceiver receiver)
{
    [Function(nameof(ReceiveWebhook))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "delete", Route = "uon/{pipeline}/{secret}")] HttpRequest request,
        string pipeline,
        string secret,
        CancellationToken cancellationToken) =>
        receiver.ReceiveAsync(request, pipeline, secret, cancellationToken);
}
