namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>What chance decides, as bytes, so that a failing story can be shortened. After its end everything goes well.</summary>
internal sealed class Script(IEnumerable<byte> bytes)
{
    private readonly Queue<byte> _bytes = new(bytes);

    public bool IsOver => _bytes.Count == 0;

    /// <summary>0 to <paramref name="count"/> - 1; 0 after the end.</summary>
    public int Choose(int count) => _bytes.TryDequeue(out var next) ? next % count : 0;

    public T Choose<T>(IReadOnlyList<T> among) => among[Choose(among.Count)];
}
