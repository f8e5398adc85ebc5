using UonOfferum.Simulators;

namespace UonOfferum.Tests.Unit.Simulators;

public sealed class CallLogTests
{
    private readonly CallLog<int> _log = new();

    [Fact]
    public async Task Waiting_counts_what_came_before_and_what_comes_after()
    {
        _log.Add(1);
        var wait = _log.WaitForAsync(2, call => call > 0, TestContext.Current.CancellationToken);
        _log.Add(-1);
        Assert.False(wait.IsCompleted);

        _log.Add(2);

        await wait.WaitAsync(TestTimeouts.Operation, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Switched_off_it_counts_and_keeps_nothing()
    {
        _log.Recording = false;

        _log.Add(1);

        Assert.Empty(_log);
        Assert.Equal(1, _log.Total);
        Assert.Throws<InvalidOperationException>(() => _log.All());
    }

    [Fact]
    public void Beyond_its_capacity_it_forgets_the_oldest()
    {
        for (var call = 0; call <= CallLog<int>.Capacity; call++)
        {
            _log.Add(call);
        }

        Assert.Equal(CallLog<int>.Capacity, _log.Count);
        Assert.Equal(1, _log.First());
    }
}
