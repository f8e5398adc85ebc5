namespace UonOfferum.Simulators;

/// <summary>How often a programmed reply is given.</summary>
public sealed record Repeat
{
    private Repeat(int? count, bool survivesClear) => (Count, SurvivesClear) = (count, survivesClear);

    public static Repeat Once { get; } = Times(1);

    /// <summary>Until <see cref="ReplyScript{TReply}.Clear"/>.</summary>
    public static Repeat UntilCleared { get; } = new(count: null, survivesClear: false);

    /// <summary>For the simulator's whole life; <see cref="ReplyScript{TReply}.Clear"/> does not end it.</summary>
    public static Repeat ForEver { get; } = new(count: null, survivesClear: true);

    internal int? Count { get; }

    internal bool SurvivesClear { get; }

    public static Repeat Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new Repeat(count, survivesClear: false);
    }
}
