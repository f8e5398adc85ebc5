using System.Runtime.CompilerServices;

namespace UonOfferum.Testing;

/// <summary>Waits for what must happen. The patience, <see cref="TestTimeouts.Operation"/>, is only how long a broken test takes.</summary>
public static class Eventually
{
    /// <param name="condition">Is asked until it holds.</param>
    /// <param name="poll">The pause between two questions; null: 100 ms.</param>
    /// <param name="what">For the failure.</param>
    public static Task UntilAsync(Func<Task<bool>> condition, TimeSpan? poll = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        GetAsync(condition, isTrue => isTrue, poll, what);

    public static Task UntilAsync(Func<bool> condition, TimeSpan? poll = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        UntilAsync(() => Task.FromResult(condition()), poll, what);

    /// <summary>Reads until the value is as wanted, and returns it.</summary>
    /// <param name="read">The failure shows the last value, so it holds no personal data.</param>
    /// <param name="wanted">Judges a value.</param>
    /// <param name="poll">As above.</param>
    /// <param name="what">For the failure.</param>
    /// <exception cref="TimeoutException">It did not happen; the message tells what, and the last value.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> read, Func<T, bool> wanted, TimeSpan? poll = null, [CallerArgumentExpression(nameof(wanted))] string what = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var last = await read();
            if (wanted(last))
            {
                return last;
            }

            if (TimeProvider.System.GetElapsedTime(started) > TestTimeouts.Operation)
            {
                throw new TimeoutException($"This did not happen: {what}. The last value: {last}");
            }

            await Task.Delay(poll ?? TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }
}
