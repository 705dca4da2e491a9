using System.Numerics;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Kernel.Exploration;

/// <summary>
/// 128 bits that stand for a state, or for a part of one. Sums stand for parts in any order.
/// </summary>
/// <remarks>
/// Two unlike states get the same sum of up to 2⁹ parts with probability 2⁻¹¹⁹ at most if the mix behaves like a random function: of n
/// states n²/2 pairs, so 1e-22 for a million of them. The encodings themselves, a few kilobytes each, are not kept.
/// </remarks>
internal readonly record struct StateHash(ulong Low, ulong High)
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>Of a sequence of numbers.</summary>
    public static StateHash Of(ReadOnlySpan<long> items)
    {
        unchecked
        {
            ulong low = 0x243F6A8885A308D3 + (ulong)items.Length;
            ulong high = 0x13198A2E03707344 ^ (ulong)items.Length;
            foreach (long item in items)
            {
                low = Hashing.Mix(low ^ (ulong)item) + Odd;
                high = Hashing.Mix((high + (ulong)item) * Odd);
            }
            return new StateHash(Hashing.Mix(low ^ BitOperations.RotateLeft(high, 32)), Hashing.Mix(high + low));
        }
    }

    /// <summary>What stands behind it in a sequence.</summary>
    public StateHash Then(StateHash next)
    {
        unchecked
        {
            return new StateHash(Hashing.Mix((Low * Odd) ^ next.Low), Hashing.Mix((High + next.High) * Odd) ^ next.Low);
        }
    }

    /// <summary>Both, in any order.</summary>
    public StateHash And(StateHash other)
    {
        unchecked
        {
            ulong low = Low + other.Low;
            return new StateHash(low, High + other.High + (low < Low ? 1UL : 0));
        }
    }
}
