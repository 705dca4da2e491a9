using System.Buffers.Binary;

namespace FailoverSim.Kernel.Components;

/// <summary>Collects the canonical encoding of a state: what determines the future, and nothing else.</summary>
public sealed class StateWriter
{
    private readonly List<byte> _bytes = [];

    public void Add(long value)
    {
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        _bytes.AddRange(buffer);
    }

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Adds the records in sorted order, so that exchanging like entities changes nothing.</summary>
    internal void AddSorted(IEnumerable<StateWriter> records)
    {
        foreach (byte[] record in records.Select(r => r.ToArray()).Order(BytesComparer.Instance))
        {
            _bytes.AddRange(record);
        }
    }

    internal void AddInOrder(IEnumerable<StateWriter> records)
    {
        foreach (StateWriter record in records)
        {
            _bytes.AddRange(record._bytes);
        }
    }

    public byte[] ToArray() => [.. _bytes];

    private sealed class BytesComparer : IComparer<byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
