using System.Globalization;

namespace UonOfferum.Bench.Measuring;

/// <summary>Times of one kind and their statistics.</summary>
public sealed class Samples(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _sorted = [.. times.Order()];

    public TimeSpan At(double share) => _sorted.Length == 0
        ? throw new BenchException("Nothing was measured.")
        : _sorted[Math.Min(_sorted.Length - 1, (int)(share * _sorted.Length))];

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Formats numbers.</summary>
public static class Show
{
    public static string Ms(TimeSpan time, string format = "0.0") => time.TotalMilliseconds.ToString(format, CultureInfo.InvariantCulture) + " ms";

    public static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}×");

    public static string Number(double number, string format = "0.0") => number.ToString(format, CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string MiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024:0} MiB");
}
