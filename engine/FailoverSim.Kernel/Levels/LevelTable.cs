using FailoverSim.Kernel.Components;

namespace FailoverSim.Kernel.Levels;

/// <summary>The present value of every level; whole at t = 0.</summary>
internal sealed class LevelTable(int count)
{
    private readonly int[] _parts = new int[count];

    public int this[Level level] => _parts[level.Index];

    /// <summary>Levels set since the list was cleared; may hold one twice.</summary>
    public List<int> Changed { get; } = [];

    public void Set(Level level, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Level.Whole);
        if (_parts[level.Index] != parts)
        {
            _parts[level.Index] = parts;
            Changed.Add(level.Index);
        }
    }

    public void Reset()
    {
        Array.Fill(_parts, Level.Whole);
        Changed.Clear();
    }

    public int ByteCount => Memory.ByteCount(_parts);

    public void Save(ref Span<byte> to) => Memory.Save(_parts, ref to);

    public void Load(ref ReadOnlySpan<byte> from) => Memory.Load(_parts, ref from);

    public void CopyFrom(LevelTable other) => other._parts.AsSpan().CopyTo(_parts);
}
