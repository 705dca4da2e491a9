using System.Runtime.CompilerServices;

namespace FailoverSim.Kernel.Randomness;

/// <summary>
/// The random numbers of one address (seed, replication, entity, purpose, occurrence, clone): as many as the law wants,
/// numbered by a private sub-counter, so that a sampler that needs several disturbs no other draw.
/// </summary>
public struct Draws(ulong key, ulong replication, ulong occurrence)
{
    private readonly ulong _key = key;
    private readonly ulong _replication = replication;
    private ulong _counter = FirstCounter(occurrence);
    private ulong _spare;
    private bool _hasSpare;

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }
        (ulong low, _spare) = Philox.Block(_counter, _replication, _key);
        unchecked
        {
            _counter++;
        }
        _hasSpare = true;
        return low;
    }

    /// <summary>Uniform on (0, 1), never an end.</summary>
    public double NextUniform() => Uniform(NextBits());

    /// <summary>(k + ½)·2⁻⁵² of the upper 52 bits k.</summary>
    /// <remarks>With 53 bits the half would not fit beside them: it is rounded to even above ½, and the last number becomes 1.
    /// Signed integers are converted by one instruction, unsigned ones by eight.</remarks>
    public static double Uniform(ulong bits) => (unchecked((long)(bits >> 12)) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Exponential with mean 1, by inversion.</summary>
    public double NextExponential() => Exponential(NextBits());

    /// <summary>The same of given bits.</summary>
    public static double Exponential(ulong bits) => -Math.Log(Uniform(bits));

    internal static ulong FirstCounter(ulong occurrence) => occurrence << 16;

    /// <summary>Standard uniform choice of an index below <paramref name="count"/> (bias below 2⁻⁵²).</summary>
    public int NextIndex(int count) => (int)Math.Min(count - 1, NextUniform() * count);
}
