using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using UonOfferum.OfferumSenderFunction.Postbacks;

namespace UonOfferum.OfferumSenderFunction;

/// <summary><c>offerum/{pipeline}/{secret}/postback</c>: receives the network's report on the outcome of an order.</summary>
public sealed class ReceivePostback(PostbackReceiver receiver)
{
    [Function(nameof(ReceivePostback))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "offerum/{pipeline}/{secret}/postback")] HttpRequest request,
        string pipeline,
        string secret,
        CancellationToken cancellationToken) =>
        receiver.ReceiveAsync(request, pipeline, secret, cancellationToken);
}
