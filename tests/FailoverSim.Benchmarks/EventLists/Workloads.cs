using System.Runtime.InteropServices;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>A stream of operations on an event list, the same for every list.</summary>
internal interface IWorkload
{
    static abstract string Name { get; }

    /// <summary>Operations per slot until a list is as full as it stays, with the stale entries that it keeps.</summary>
    static abstract int Settling { get; }

    static abstract long First(ref DrawTable draws, int slot);
    static abstract long Step<TList>(ref TList list, ref DrawTable draws) where TList : struct, IEventList<TList>;
}

/// <summary>
/// Pre-drawn numbers, so that lists are measured and not generators. The low 20 bits of an instant are its slot: all instants
/// differ, so every list must fire in the same order and end at the same clock.
/// </summary>
internal struct DrawTable(int slots)
{
    private const int Size = 1 << 15;
    private const long SlotMask = (1 << 20) - 1;
    private static readonly double[] Exponentials = Make(1, u => -Math.Log(1 - u));
    private static readonly double[] Uniforms = Make(2, u => u);

    private int _position;

    /// <summary>Per slot: 0 up, 1 down.</summary>
    public byte[] Down { get; } = new byte[slots];
    public readonly int Slots => slots;

    public double Exponential() => Exponentials[unchecked(_position++) & (Size - 1)];
    public double Uniform() => Uniforms[unchecked(_position++) & (Size - 1)];

    public static long At(long now, double delay, int slot) =>
        unchecked(((now + (long)delay + SlotMask) & ~SlotMask) + SlotMask + 1) | (long)slot;

    /// <summary>For programs in other languages.</summary>
    public static void WriteTo(string file) =>
        File.WriteAllBytes(file, MemoryMarshal.AsBytes<double>((double[])[.. Exponentials, .. Uniforms]).ToArray());

    private static double[] Make(int seed, Func<double, double> law)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Size).Select(_ => law(random.NextDouble()))];
    }
}

/// <summary>W1: the earliest fires and is armed again Exp(1) later.</summary>
internal struct Hold : IWorkload
{
    private const double Unit = 1e12;

    public static string Name => "hold";
    public static int Settling => 3;

    public static long First(ref DrawTable draws, int slot) => DrawTable.At(0, draws.Exponential() * Unit, slot);

    public static long Step<TList>(ref TList list, ref DrawTable draws) where TList : struct, IEventList<TList>
    {
        list.Peek(out int slot, out long now);
        list.RearmEarliest(DrawTable.At(now, draws.Exponential() * Unit, slot));
        return now;
    }
}

/// <summary>W2: machine repair, up for Exp(1000), down for Exp(10).</summary>
internal struct MachineRepair : IWorkload
{
    private const double Unit = 1e11;

    private static ReadOnlySpan<double> Means => [1000 * Unit, 10 * Unit];

    public static string Name => "machine repair";
    public static int Settling => 3;

    public static long First(ref DrawTable draws, int slot) => DrawTable.At(0, draws.Exponential() * 1000 * Unit, slot);

    public static long Step<TList>(ref TList list, ref DrawTable draws) where TList : struct, IEventList<TList>
    {
        list.Peek(out int slot, out long now);
        // Looked up, not branched upon: a mispredicted branch would be charged to every list.
        double mean = Means[draws.Down[slot] ^= 1];
        list.RearmEarliest(DrawTable.At(now, draws.Exponential() * mean, slot));
        return now;
    }
}

/// <summary>W3: nine of ten operations move a random timer to U(1, 2) from now, the tenth fires the earliest.</summary>
internal struct TimerChurn : IWorkload
{
    private const double Unit = 1e12;

    public static string Name => "timer churn";

    /// <summary>Stale entries come in waves, which take so long to blur.</summary>
    public static int Settling => 20;

    public static long First(ref DrawTable draws, int slot) => DrawTable.At(0, (1 + draws.Uniform()) * Unit, slot);

    public static long Step<TList>(ref TList list, ref DrawTable draws) where TList : struct, IEventList<TList>
    {
        list.Peek(out int slot, out long now);
        double pick = draws.Uniform() * 10;
        double delay = (1 + draws.Uniform()) * Unit;
        if (pick < 1)
        {
            list.RearmEarliest(DrawTable.At(now, delay, slot));
        }
        else
        {
            slot = Math.Min(draws.Slots - 1, unchecked((int)((pick - 1) * (1.0 / 9) * draws.Slots)));
            list.Rearm(slot, DrawTable.At(now, delay, slot));
        }
        return now;
    }
}

/// <summary>W4: one slot in a hundred cycles in Exp(100 ms), the others in Exp(5 years).</summary>
internal struct MixedHorizons : IWorkload
{
    private const double Short = 1e8;
    private const double Long = 1.577e17;

    public static string Name => "mixed horizons";
    public static int Settling => 3;

    public static long First(ref DrawTable draws, int slot) => DrawTable.At(0, Delay(ref draws, slot), slot);

    public static long Step<TList>(ref TList list, ref DrawTable draws) where TList : struct, IEventList<TList>
    {
        list.Peek(out int slot, out long now);
        list.RearmEarliest(DrawTable.At(now, Delay(ref draws, slot), slot));
        return now;
    }

    private static double Delay(ref DrawTable draws, int slot) => draws.Exponential() * (slot % 100 == 0 ? Short : Long);
}
