using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Results;

/// <summary>Many short lists one after another in one flat array, so that none of them costs an object.</summary>
public sealed class RaggedList<T>
{
    private readonly List<T> _items;
    private readonly List<int> _ends;

    public RaggedList()
        : this([], [])
    {
    }

    private RaggedList(List<T> items, List<int> ends) => (_items, _ends) = (items, ends);

    /// <summary>Number of lists.</summary>
    public int Count => _ends.Count;

    /// <summary>The i-th list.</summary>
    public ReadOnlySpan<T> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return CollectionsMarshal.AsSpan(_items)[start.._ends[index]];
        }
    }

    /// <summary>Puts an item at the end of the list that is being filled.</summary>
    public void Add(T item) => _items.Add(item);

    /// <summary>The list being filled is complete; the next one begins.</summary>
    public void EndList() => _ends.Add(_items.Count);

    /// <summary>No list any more; the room stays.</summary>
    public void Clear()
    {
        _items.Clear();
        _ends.Clear();
    }

    /// <summary>The same lists in no more room than they need.</summary>
    public RaggedList<T> Copy() => new([.. _items], [.. _ends]);
}
