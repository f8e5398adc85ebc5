using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>Offerum, with every reply that its simulator knows.</summary>
internal sealed class OfferumShop(string pipeline, VirtualClock clock, Choices choices) : Shop(pipeline, "offerum", clock, choices)
{
    private static readonly OfferumReplyKind[] Kinds = Enum.GetValues<OfferumReplyKind>();

    private static readonly OfferumReplyKind[] Outage =
    [
        OfferumReplyKind.ServerError, OfferumReplyKind.BadGateway, OfferumReplyKind.ServiceUnavailable, OfferumReplyKind.HangBeforeReading, OfferumReplyKind.ResetBeforeReading,
        OfferumReplyKind.TakenThenHang, OfferumReplyKind.TakenThenReset, OfferumReplyKind.TakenThenServerError, OfferumReplyKind.TooManyRequests,
    ];

    /// <summary>Replies that say nothing: behind any of them the order may have been taken.</summary>
    private static readonly OfferumReplyKind[] Unreadable = [OfferumReplyKind.HtmlPage, OfferumReplyKind.EmptyBody, OfferumReplyKind.UnknownJson];

    protected override Answer? Probe(OutsideRequest request) => request.Address.AbsolutePath.TrimEnd('/') switch
    {
        "/webmaster/order" => null,
        _ when KeyIsWrong => new Answer(200, """{"error":"wrong api key"}"""),
        _ when IsDown => Simulators.Answer.HtmlPage(503, "503 Service Unavailable"),
        "/webmaster/flows" => new Answer(200, """{"response":{"items":[{"id":"zkVz","title":"zkVz","offerId":2001}]}}"""),
        _ => new Answer(200, """{"response":{"items":[{"currency":"RUB","balance":"12500.00"}]}}"""),
    };

    protected override Answer Take(Arrival arrival)
    {
        var kind = KeyIsWrong ? OfferumReplyKind.WrongKey
            : IsDown ? Choices.Of(Outage)
            // Half of the kinds are ways to say yes; those that say nothing are drawn more often.
            : MeetsFault ? Choices.Of(Choices.OneIn(4) ? Unreadable : Kinds)
            : OfferumReplyKind.Ok;
        arrival.Reply = kind.ToString();
        var isUnreadable = Unreadable.Contains(kind);
        arrival.IsTaken = kind.TakesTheOrder() || (isUnreadable && Choices.OneIn(2));
        arrival.SaysDuplicate = kind is OfferumReplyKind.OkDuplicate4 or OfferumReplyKind.OkDuplicate5 or OfferumReplyKind.DuplicateError or OfferumReplyKind.DuplicateErrorInRussian;
        var answer = OfferumReplies.Of(kind, new OfferumReplyFacts(
            long.Parse(arrival.OrderId!, System.Globalization.CultureInfo.InvariantCulture), IsDuplicate: false, "phone", TimeSpan.FromSeconds(3), arrival.At));
        arrival.IsAnsweredClearly = !isUnreadable && answer is { Ending: Ending.Whole, Status: < 500 and not 408 };
        return answer;
    }
}

/// <summary>Any service by HTTP, and the bots of Telegram and MAX: told apart by what their answers look like.</summary>
internal sealed class StatusShop(string pipeline, string destination, VirtualClock clock, Choices choices) : Shop(pipeline, destination, clock, choices)
{
    private static readonly int[] Refusals = [400, 401, 404, 409, 422, 429];
    private static readonly int[] UnclearStatuses = [408, 500, 502, 503, 504];

    protected override Answer? Probe(OutsideRequest request) => (Destination, request.Address.AbsolutePath) switch
    {
        ("http", _) or ("max", "/messages") => null,
        ("telegram", var path) when path.EndsWith("/sendMessage", StringComparison.Ordinal) => null,
        _ => KeyIsWrong ? Status(401) : new Answer(200, Destination == "max" ? """{"chat_id":1}""" : """{"ok":true,"result":{"id":1}}"""),
    };

    protected override Answer Take(Arrival arrival)
    {
        var answer = KeyIsWrong ? Status(401) : IsDown ? Unclear(arrival) : MeetsFault ? Choices.OneIn(2) ? Unclear(arrival) : Status(Choices.Of(Refusals)) : null;
        if (answer is not null)
        {
            arrival.Reply += answer.SeenStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? answer.Ending.ToString();
            arrival.IsAnsweredClearly = answer is { Ending: Ending.Whole, Status: < 500 and not 408 };
            arrival.SaysDuplicate = answer.Status == 409;
            return answer;
        }

        (arrival.IsTaken, arrival.IsAnsweredClearly, arrival.Reply) = (true, true, "ok");
        return new Answer(200, Destination switch
        {
            "telegram" => $$$"""{"ok":true,"result":{"message_id":{{{arrival.OrderId}}}}}""",
            "max" => $$$$"""{"message":{"body":{"mid":"{{{{arrival.OrderId}}}}"}}}""",
            _ => $$"""{"id":{{arrival.OrderId}}}""",
        });
    }

    /// <summary>After any of these nobody can know whether the order was taken; half of the time it was.</summary>
    private Answer Unclear(Arrival arrival)
    {
        arrival.IsTaken = Choices.OneIn(2);
        arrival.Reply = arrival.IsTaken ? "taken, " : "";
        return Choices.Below(UnclearStatuses.Length + 2) switch
        {
            0 => Simulators.Answer.Hang,
            1 => Simulators.Answer.Reset,
            var n => Status(UnclearStatuses[n - 2]),
        };
    }

    private Answer Status(int status) => new(status, Destination switch
    {
        "telegram" => $$"""{"ok":false,"error_code":{{status}},"description":"Refused"}""",
        "max" => """{"code":"refused","message":"Refused"}""",
        _ => """{"error":"refused"}""",
    });
}
