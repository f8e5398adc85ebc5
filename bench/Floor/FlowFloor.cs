using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using UonOfferum.Bench.FloorApp;

namespace UonOfferum.Bench.Floor;

/// <summary>A lead's path as a bare program, without the Functions host: the same steps as <see cref="FloorLead"/>, the same batches and concurrency.</summary>
internal static class FlowFloor
{
    public static async Task RunAsync(WebApplication web, IConfiguration settings, HttpClient http, CancellationToken cancellationToken)
    {
        var lead = new FloorLead(settings, http);
        var (records, orders) = (FloorLead.Queue(settings, FloorLead.Records), FloorLead.Queue(settings, FloorLead.Orders));
        await records.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await orders.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        web.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            await lead.AcceptAsync(await reader.ReadToEndAsync(context.RequestAborted), context.RequestAborted);
            return "accepted";
        });
        _ = new FloorPump(records, (message, cancellation) => lead.EnrichAsync(message.Body.ToString(), cancellation)).RunAsync(cancellationToken);
        _ = new FloorPump(orders, (message, cancellation) => lead.OrderAsync(message.Body.ToString(), cancellation)).RunAsync(cancellationToken);
    }
}
