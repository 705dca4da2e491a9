namespace FailoverSim.Kernel.Components;

/// <summary>A piece of mutable state that the kernel can reset and copy.</summary>
public interface IState
{
    /// <summary>Back to all zeroes.</summary>
    void Reset();

    /// <summary>Takes over the values of the same piece in another instance of the same model.</summary>
    void CopyFrom(IState other);

    /// <summary>What <see cref="Save"/> takes.</summary>
    int ByteCount { get; }

    /// <summary>Writes the values to the front of a snapshot, and moves on behind them.</summary>
    void Save(ref Span<byte> to);

    /// <summary>Takes over the values that <see cref="Save"/> has written there.</summary>
    void Load(ref ReadOnlySpan<byte> from);
}

/// <summary>A component's mutable state: a flat array of plain values, zero at the start of every replication.</summary>
/// <remarks>Everything that can change lives in one of these, so a run can be reset, cloned and compared byte for byte.</remarks>
public sealed class State<T>(int count) : IState
    where T : unmanaged
{
    private readonly T[] _items = new T[count];

    public int Count => _items.Length;

    public ref T this[int index] => ref _items[index];

    public Span<T> Items => _items;

    /// <summary>An item will probably be used soon: the processor may fetch it from memory meanwhile.</summary>
    public void Expect(int index) => Events.Cache.Fetch(in _items[index]);

    public void Reset() => Array.Clear(_items);

    public void CopyFrom(IState other) => ((State<T>)other)._items.AsSpan().CopyTo(_items);

    public int ByteCount => Memory.ByteCount(_items);

    public void Save(ref Span<byte> to) => Memory.Save(_items, ref to);

    public void Load(ref ReadOnlySpan<byte> from) => Memory.Load(_items, ref from);
}
