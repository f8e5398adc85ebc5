using System.Globalization;
using System.Text.RegularExpressions;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>A destination of one pipeline: takes orders, or does not, and remembers every one that arrived.</summary>
internal abstract partial class Shop(string pipeline, string destination, VirtualClock clock, Choices choices) : IOutsideServer
{
    private int _orders = 700;

    public string Pipeline { get; } = pipeline;

    public string Destination { get; } = destination;

    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Told of every order that arrives.</summary>
    public Action<Arrival>? Arrived { get; set; }

    /// <summary>One order in so many meets a fault; 0: none.</summary>
    public int FaultEvery { get; set; }

    public TimeSpan MaxAnswer { get; set; }

    public DateTimeOffset KeyIsWrongUntil { get; set; }

    public DateTimeOffset DownUntil { get; set; }

    protected Choices Choices { get; } = choices;

    protected bool KeyIsWrong => clock.Now < KeyIsWrongUntil;

    protected bool IsDown => clock.Now < DownUntil;

    protected bool MeetsFault => Choices.OneIn(FaultEvery);

    public Answer Answer(OutsideRequest request)
    {
        if (Probe(request) is { } probed)
        {
            return probed;
        }

        var text = Uri.UnescapeDataString(request.Address.Query + " " + request.Body.Replace('+', ' '));
        var mark = Record().Match(text);
        if (!mark.Success)
        {
            throw new InvalidOperationException($"{Destination} got an order without its record: {text}");
        }

        var arrival = new Arrival($"{Pipeline}/{mark.Groups["kind"].Value}/{mark.Groups["id"].Value}", Destination, clock.Now, request.By)
        {
            SentAt = request.SentAt,
            AnswerIsLost = request.AnswerIsLost,
            HasParsedPhone = ParsedPhone().IsMatch(text),
            OrderId = (++_orders).ToString(CultureInfo.InvariantCulture),
        };
        var answer = Take(arrival);
        Arrivals.Add(arrival);
        Arrived?.Invoke(arrival);
        return answer;
    }

    /// <summary>How long the answer takes once the order is taken; meanwhile a postback may come.</summary>
    public TimeSpan Thinks() => MaxAnswer > TimeSpan.Zero ? Choices.Between(TimeSpan.Zero, MaxAnswer) : TimeSpan.Zero;

    /// <summary>An answer to what is no order; null: it is one.</summary>
    protected abstract Answer? Probe(OutsideRequest request);

    /// <summary>Decides about an order and says so.</summary>
    protected abstract Answer Take(Arrival arrival);

    [GeneratedRegex(@"(?<kind>lead|request)[-/ ](?<id>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Record();

    // A plus in JSON was read as a space above.
    [GeneratedRegex(@"([\s+]|\\u002B)(7\d{10}|375\d{9}|380\d{9})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ParsedPhone();
}
