using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Components;

/// <summary>Collects the encoding of an entity's state: what determines the future, and nothing else.</summary>
public sealed class StateWriter
{
    private long[] _items = new long[32];
    private int _count;

    /// <summary>Whether entities that are alike are to be told apart nevertheless, by their numbers.</summary>
    public bool TellsAllApart { get; init; }

    internal ReadOnlySpan<long> Items => _items.AsSpan(0, _count);

    public void Add(long value)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _count);
        }
        _items[_count] = value;
        _count = unchecked(_count + 1);
    }

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public byte[] ToArray() => MemoryMarshal.AsBytes(Items).ToArray();

    internal void Clear() => _count = 0;
}
