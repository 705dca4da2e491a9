namespace FailoverSim.Kernel.Results;

/// <summary>Many short lists one after another in one flat array, so that none of them costs an object.</summary>
public sealed class RaggedList<T>
{
    private static readonly RaggedList<T> None = new();

    private T[] _items = [];
    private int[] _ends = [];
    private int _used;

    /// <summary>Number of lists.</summary>
    public int Count { get; private set; }

    /// <summary>The i-th list.</summary>
    public ReadOnlySpan<T> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _items.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);
        }
    }

    /// <summary>Puts an item at the end of the list that is being filled.</summary>
    public void Add(T item) => Put(ref _items, _used++, item);

    /// <summary>The list being filled is complete; the next one begins.</summary>
    public void EndList() => Put(ref _ends, Count++, _used);

    /// <summary>No list any more; the room stays.</summary>
    public void Clear() => _used = Count = 0;

    /// <summary>The same lists in no more room than they need, to be read only: where there are none, all copies are one.</summary>
    public RaggedList<T> Copy() =>
        Count == 0 ? None : new() { _items = _items[.._used], _ends = _ends[..Count], _used = _used, Count = Count };

    private static void Put<TItem>(ref TItem[] array, int place, TItem item)
    {
        if (place == array.Length)
        {
            Array.Resize(ref array, Math.Max(4, 2 * place));
        }
        array[place] = item;
    }
}
