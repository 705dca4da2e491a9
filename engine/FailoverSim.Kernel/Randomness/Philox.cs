using System.Runtime.CompilerServices;

namespace FailoverSim.Kernel.Randomness;

/// <summary>Philox4x32-10: 128 random bits as a pure function of a 128-bit counter and a 64-bit key.</summary>
/// <remarks>Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11.</remarks>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>The block at one counter: (words 0 and 1, words 2 and 3), low word first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Low, ulong High) Block(ulong counterLow, ulong counterHigh, ulong key)
    {
        unchecked
        {
            uint c0 = (uint)counterLow, c2 = (uint)counterHigh;
            uint k0 = (uint)key, k1 = (uint)(key >> 32);
            // The odd words go round with the key of the next round mixed in already: what one round then waits for in the
            // last is a product and one exclusive-or, about 5 cycles.
            uint c1 = (uint)(counterLow >> 32) ^ k0, c3 = (uint)(counterHigh >> 32) ^ k1;
            for (int round = 0; round < 10; round++)
            {
                ulong p0 = (ulong)Multiplier0 * c0;
                ulong p1 = (ulong)Multiplier1 * c2;
                k0 += Weyl0;
                k1 += Weyl1;
                c0 = (uint)(p1 >> 32) ^ c1;
                c2 = (uint)(p0 >> 32) ^ c3;
                c1 = (uint)p1 ^ k0;
                c3 = (uint)p0 ^ k1;
            }
            return (c0 | ((ulong)(c1 ^ k0) << 32), c2 | ((ulong)(c3 ^ k1) << 32));
        }
    }
}
