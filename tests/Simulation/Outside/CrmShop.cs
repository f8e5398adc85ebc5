using System.Text.RegularExpressions;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>
/// Bitrix24 and amoCRM. Both take any lead again, but a lead can be found by the operation that it carries, once the search knows it: up to
/// <see cref="SearchKnowsWithin"/> after it was taken, chosen for each lead.
/// </summary>
internal sealed partial class CrmShop(string pipeline, string destination, VirtualClock clock, Choices choices) : Shop(pipeline, destination, clock, choices)
{
    /// <summary>A request may run for a minute at Bitrix24; amoCRM does not say how long its search takes (facts and docs/destinations).</summary>
    public static readonly TimeSpan SearchKnowsWithin = TimeSpan.FromSeconds(60);

    private readonly VirtualClock _clock = clock;
    private readonly Dictionary<Arrival, DateTimeOffset> _foundFrom = [];

    private bool IsBitrix { get; } = destination == "bitrix";

    protected override Answer? Probe(OutsideRequest request)
    {
        var path = request.Address.AbsolutePath;
        return path.EndsWith(IsBitrix ? "/crm.lead.add.json" : "/leads/complex", StringComparison.Ordinal) ? null
            : KeyIsWrong ? WrongKey()
            : IsDown ? Status(503)
            : path.EndsWith(IsBitrix ? "/crm.lead.list.json" : "/api/v4/leads", StringComparison.Ordinal) ? Search(request)
            : IsBitrix ? new Answer(200, """{"result":["crm"]}""")
            : new Answer(200, """{"id":1}""");
    }

    protected override Answer Take(Arrival arrival)
    {
        var answer = KeyIsWrong ? WrongKey() : IsDown ? Unclear(arrival) : MeetsFault ? Choices.OneIn(2) ? Unclear(arrival) : Refusal() : null;
        if (answer is not null)
        {
            arrival.Reply += answer.SeenStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? answer.Ending.ToString();
            arrival.IsAnsweredClearly = answer is { Ending: Ending.Whole, Status: < 500 and not 408 };
            return answer;
        }

        (arrival.IsAnsweredClearly, arrival.Reply) = (true, "ok");
        TakeIn(arrival);
        return new Answer(200, IsBitrix ? $$"""{"result":{{arrival.OrderId}}}""" : $$"""[{"id":{{arrival.OrderId}},"merged":false}]""");
    }

    private void TakeIn(Arrival arrival)
    {
        arrival.IsTaken = true;
        _foundFrom[arrival] = _clock.Now + Choices.Between(TimeSpan.Zero, SearchKnowsWithin);
    }

    private Answer Search(OutsideRequest request)
    {
        var mark = Mark().Match(Uri.UnescapeDataString(request.Address.Query) + request.Body);
        if (!mark.Success)
        {
            throw new InvalidOperationException($"{Destination} got a search without an operation: {request.Address.Query} {request.Body}");
        }

        if (MeetsFault)
        {
            return Choices.OneIn(2) ? Refusal() : Broken();
        }

        var found = Arrivals.Find(a => a.IsTaken && a.Operation == mark.Value && _foundFrom[a] <= _clock.Now);
        request.By?.Searches.Add(new OrderSearch(mark.Value, _clock.Now, found is not null));
        return (IsBitrix, found) switch
        {
            (true, null) => new Answer(200, """{"result":[],"total":0}"""),
            (true, { } lead) => new Answer(200, $$$"""{"result":[{"ID":"{{{lead.OrderId}}}"}],"total":1}"""),
            (false, null) => new Answer(204, ""),
            (false, { } lead) => new Answer(200, $$$"""{"_embedded":{"leads":[{"id":{{{lead.OrderId}}},"name":"Anna [{{{mark.Value}}}]"}]}}"""),
        };
    }

    /// <summary>After any of these nobody can know whether the lead was taken; half of the time it was.</summary>
    private Answer Unclear(Arrival arrival)
    {
        if (Choices.OneIn(2))
        {
            TakeIn(arrival);
            arrival.Reply = "taken, ";
        }

        return Broken();
    }

    private Answer Broken() => Choices.Below(6) switch
    {
        0 => Simulators.Answer.Hang,
        1 => Simulators.Answer.Reset,
        2 => IsBitrix ? new Answer(500, """{"error":"INTERNAL_SERVER_ERROR","error_description":"Internal server error"}""") : Status(500),
        3 => Status(502),
        4 => Status(504),
        _ => Simulators.Answer.HtmlPage(503, "503 Service Unavailable"),
    };

    private Answer Refusal() => (IsBitrix, Choices.Below(3)) switch
    {
        (true, 0) => new Answer(503, """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"""),
        (true, 1) => new Answer(400, """{"error":"","error_description":"Invalid value of a field"}"""),
        (true, _) => new Answer(429, """{"error":"OPERATION_TIME_LIMIT"}"""),
        (false, 0) => Status(429),
        (false, 1) => new Answer(400, """{"title":"Bad Request","status":400,"validation-errors":[{"request_id":"0","errors":[{"code":"InvalidType","path":"price"}]}]}"""),
        (false, _) => Status(422),
    };

    private Answer WrongKey() => IsBitrix
        ? new Answer(401, """{"error":"NO_AUTH_FOUND","error_description":"Wrong authorization data"}""")
        : new Answer(401, """{"title":"Unauthorized","status":401}""");

    private static Answer Status(int status) => new(status, $$"""{"title":"Refused","status":{{status}}}""");

    [GeneratedRegex(@"[a-z]+/(lead|request)/\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
