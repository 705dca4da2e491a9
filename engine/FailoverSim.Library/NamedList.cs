using System.Collections;

namespace FailoverSim.Library;

/// <summary>A list whose items are also found by name.</summary>
/// <param name="kind">What an item is, for messages.</param>
/// <param name="items">In order.</param>
/// <param name="nameOf">Unique among them.</param>
public sealed class NamedList<T>(string kind, IReadOnlyList<T> items, Func<T, string> nameOf) : IReadOnlyList<T>
{
    public int Count => items.Count;

    public IEnumerable<string> Names => items.Select(nameOf);

    public T this[int index] => items[index];

    /// <exception cref="KeyNotFoundException">There is none of that name; the message names those that there are.</exception>
    public T this[string name] => Contains(name)
        ? items.First(item => nameOf(item) == name)
        : throw new KeyNotFoundException($"there is no {kind} '{name}'; there are: {string.Join(", ", Names)}");

    public bool Contains(string name) => Names.Contains(name);

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
