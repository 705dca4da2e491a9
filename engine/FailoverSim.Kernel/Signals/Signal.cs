namespace FailoverSim.Kernel.Signals;

/// <summary>A Boolean of the model: a condition that a component drives, or a gate over other signals.</summary>
public readonly record struct Signal(int Index);

/// <summary>Why something is down: one occurrence of one kind of fault. The default value means no cause.</summary>
/// <remarks>The number counts faults of any kind in their order within a replication, so causes sort by age.</remarks>
public readonly record struct Cause : IComparable<Cause>
{
    private const int KindBits = 16;
    private readonly ulong _packed;

    internal Cause(int kind, ulong number) => _packed = (number << KindBits) | (uint)kind;

    public bool IsNone => _packed == 0;

    /// <summary>From 1, in the order in which faults of any kind came in the replication.</summary>
    public long Number => (long)(_packed >> KindBits);

    /// <summary>Index of the kind of fault.</summary>
    public int Kind => (int)(_packed & ((1 << KindBits) - 1));

    public int CompareTo(Cause other) => _packed.CompareTo(other._packed);

    public static bool operator <(Cause a, Cause b) => a._packed < b._packed;
    public static bool operator >(Cause a, Cause b) => a._packed > b._packed;
    public static bool operator <=(Cause a, Cause b) => a._packed <= b._packed;
    public static bool operator >=(Cause a, Cause b) => a._packed >= b._packed;
}
