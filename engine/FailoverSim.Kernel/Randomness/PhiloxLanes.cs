using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Randomness;

/// <summary>Many blocks of <see cref="Philox"/> at a time, bit for bit the same: 25 instructions each instead of 220.</summary>
internal static class PhiloxLanes
{
    private const int Lanes = 4;

    /// <summary>The low words of the blocks at many counters.</summary>
    /// <param name="countersLow">One for each block; overwritten by its low word.</param>
    /// <param name="counterHigh">The same for all.</param>
    /// <param name="keys">One for each block.</param>
    public static void Low(Span<ulong> countersLow, ulong counterHigh, ReadOnlySpan<ulong> keys)
    {
        int done = 0;
        if (Avx2.IsSupported)
        {
            Span<Vector256<ulong>> counters = MemoryMarshal.Cast<ulong, Vector256<ulong>>(countersLow);
            ReadOnlySpan<Vector256<ulong>> keysOf = MemoryMarshal.Cast<ulong, Vector256<ulong>>(keys[..countersLow.Length]);
            for (int i = 0; i < counters.Length; i++)
            {
                counters[i] = Low(counters[i], counterHigh, keysOf[i]);
            }
            done = Lanes * counters.Length;
        }
        for (; done < countersLow.Length; done++)
        {
            countersLow[done] = Philox.Block(countersLow[done], counterHigh, keys[done]).Low;
        }
    }

    /// <remarks>A word of 32 bits in each lane of 64: products read the lower half alone, so what is left in the upper one does no harm.</remarks>
    private static Vector256<ulong> Low(Vector256<ulong> counterLow, ulong counterHigh, Vector256<ulong> key)
    {
        Vector256<uint> multiplier0 = Vector256.Create((ulong)Philox.Multiplier0).AsUInt32();
        Vector256<uint> multiplier1 = Vector256.Create((ulong)Philox.Multiplier1).AsUInt32();
        Vector256<uint> weyl0 = Vector256.Create((ulong)Philox.Weyl0).AsUInt32();
        Vector256<uint> weyl1 = Vector256.Create((ulong)Philox.Weyl1).AsUInt32();
        Vector256<uint> k0 = key.AsUInt32(), k1 = (key >>> 32).AsUInt32();
        Vector256<ulong> c0 = counterLow, c1 = (counterLow >>> 32) ^ k0.AsUInt64();
        Vector256<ulong> c2 = Vector256.Create(counterHigh), c3 = (c2 >>> 32) ^ k1.AsUInt64();
        for (int round = 0; round < 10; round++)
        {
            Vector256<ulong> p0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
            Vector256<ulong> p1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            k0 += weyl0;
            k1 += weyl1;
            c0 = (p1 >>> 32) ^ c1;
            c2 = (p0 >>> 32) ^ c3;
            c1 = p1 ^ k0.AsUInt64();
            c3 = p0 ^ k1.AsUInt64();
        }
        return (c0 & Vector256.Create((ulong)uint.MaxValue)) | ((c1 ^ k0.AsUInt64()) << 32);
    }
}
