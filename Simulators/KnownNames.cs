using System.Collections;
using System.Collections.Concurrent;

namespace UonOfferum.Simulators;

/// <summary>Keys or flows that a simulator currently accepts; case-sensitive, and they may change while it runs.</summary>
public sealed class KnownNames : IEnumerable<string>
{
    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);

    internal KnownNames(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Add(name);
        }
    }

    public bool Contains(string? name) => name is not null && _names.ContainsKey(name);

    public void Add(string name) => _names.TryAdd(name, 0);

    public void Remove(string name) => _names.TryRemove(name, out _);

    public IEnumerator<string> GetEnumerator() => _names.Keys.Order(StringComparer.Ordinal).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
