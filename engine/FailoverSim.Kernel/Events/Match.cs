using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// A match of a tournament: its winner's instant, then who that is (a contender), 16 bytes in all. Match 1 is the final, and matches 2q and 2q + 1 send
/// their winners to match q. Contenders are numbered from left to right.
/// </summary>
/// <remarks>Vector registers, as the JIT makes no conditional moves in loops; blends by name, as ConditionalSelect becomes three instructions there.</remarks>
internal static unsafe class Match
{
    public const int Bytes = 16;

    /// <summary>Writes the best so far as the winner of its match, then lets it meet the winner of the match beside.</summary>
    /// <param name="matches">Where match 0 would be.</param>
    /// <param name="at">Which match, counted in bytes: an address is then one instruction less, of which there are thirteen a match.</param>
    /// <param name="self">Whoever has changed, and climbs.</param>
    /// <param name="bestDue">When the best so far is due.</param>
    /// <param name="best">Who that is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ascend(byte* matches, ref nint at, Vector128<long> self, ref Vector128<long> bestDue, ref Vector128<long> best)
    {
        unchecked
        {
            nint beside = at ^ Bytes;
            var rivalDue = Vector128.CreateScalarUnsafe(*(long*)(matches + beside));
            var rival = Vector128.CreateScalarUnsafe(*(long*)(matches + beside + sizeof(long)));
            Write(matches, at, bestDue, best);
            Play(rivalDue, rival, self, ref bestDue, ref best);
            at = (at >> 1) & -Bytes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* matches, nint at, Vector128<long> due, Vector128<long> winner)
    {
        unchecked
        {
            *(long*)(matches + at) = due.ToScalar();
            *(long*)(matches + at + sizeof(long)) = winner.ToScalar();
        }
    }

    /// <summary>
    /// The rival's side of the tournament lies wholly below or wholly above whoever climbs; below, it also wins ties,
    /// which is the same as being due a nanosecond earlier.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Play(
        Vector128<long> rivalDue, Vector128<long> rival, Vector128<long> self, ref Vector128<long> bestDue, ref Vector128<long> best)
    {
        var minusOneIfBelow = Vector128.GreaterThan(self, rival);
        var wins = Vector128.GreaterThan(bestDue, rivalDue + minusOneIfBelow);
        bestDue = Earlier(bestDue, rivalDue, wins);
        best = Either(best, rival, wins);
    }

    /// <summary>The lesser instant. Who was first is found beside, and the next match need not wait for that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Earlier(Vector128<long> one, Vector128<long> other, Vector128<long> otherIsEarlier) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.Min(one, other) : Either(one, other, otherIsEarlier);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Either(Vector128<long> one, Vector128<long> other, Vector128<long> choosesOther) =>
        Sse41.IsSupported && !Avx512F.VL.IsSupported
            ? Sse41.BlendVariable(one, other, choosesOther)
            : Vector128.ConditionalSelect(choosesOther, other, one);
}
