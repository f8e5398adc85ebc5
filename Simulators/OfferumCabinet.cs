using Microsoft.AspNetCore.Http;

namespace UonOfferum.Simulators;

/// <summary>The read endpoints that verify a key and a flow without a fake lead.</summary>
internal static class OfferumCabinet
{
    public static Answer Answer(string path, HttpRequest request, OfferumSimulator simulator)
    {
        var items = path.TrimEnd('/') switch
        {
            "/webmaster/balance" => ["""{"currency":"RUB","balance":"12500.00"}"""],
            "/webmaster/offers" => simulator.Flows.Select((flow, n) => $$"""{"id":{{OfferId(n)}},"title":"Оффер {{flow}}"}"""),
            "/webmaster/flows" => simulator.Flows
                .Select((flow, n) => $$"""{"id":"{{flow}}","title":"Поток {{flow}}","offerId":{{OfferId(n)}}}"""),
            _ => (IEnumerable<string>?)null,
        };
        if (items is null || !HttpMethods.IsGet(request.Method))
        {
            return new Answer(404, """{"error":"not found"}""");
        }

        return simulator.Keys.Contains(request.Query["key"])
            ? new Answer(200, $"{{\"response\":{{\"items\":[{string.Join(',', items)}]}}}}")
            : new Answer(200, """{"error":"wrong api key"}""");
    }

    private static int OfferId(int n) => 2_001 + n;
}
