using System.Text;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace UonOfferum.Bench.FloorApp;

/// <summary>The three functions of a lead's path, without a pipeline.</summary>
public sealed class FloorFunctions(FloorLead lead)
{
    [Function("Webhook")]
    public async Task<IResult> AcceptAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "uon/{pipeline}/{secret}")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        await lead.AcceptAsync(await reader.ReadToEndAsync(cancellationToken), cancellationToken);
        return Results.Ok();
    }

    [Function("Enrich")]
    public Task EnrichAsync([QueueTrigger(FloorLead.Records)] QueueMessage message, CancellationToken cancellationToken) =>
        lead.EnrichAsync(Text(message), cancellationToken);

    [Function("Order")]
    public Task OrderAsync([QueueTrigger(FloorLead.Orders)] QueueMessage message, CancellationToken cancellationToken) =>
        lead.OrderAsync(Text(message), cancellationToken);

    // host.json, which is the app's: messageEncoding none.
    private static string Text(QueueMessage message) => Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString()));
}
