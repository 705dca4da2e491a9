using System.Numerics;

namespace FailoverSim.Kernel.Results;

/// <summary>
/// Log-linear buckets of durations: exact below 128 ns, then 128 buckets per power of two, a relative error of at most 0.4 %.
/// Found with bit operations only, so counts are the same on every platform and merge by addition (the idea of HdrHistogram).
/// </summary>
public static class DurationBuckets
{
    private const int Bits = 7;

    public static int IndexOf(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        int exponent = Math.Max(0, BitOperations.Log2((ulong)nanoseconds) - Bits);
        return (exponent << Bits) + (int)(nanoseconds >> exponent);
    }

    /// <summary>The shortest and the longest duration of a bucket, in nanoseconds.</summary>
    public static (long Low, long High) BoundsOf(int bucket)
    {
        int exponent = Math.Max(0, (bucket >> Bits) - 1);
        long low = (long)(bucket - (exponent << Bits)) << exponent;
        return (low, low + ((1L << exponent) - 1));
    }

    /// <summary>The middle of a bucket, in nanoseconds.</summary>
    public static double MiddleOf(int bucket)
    {
        (long low, long high) = BoundsOf(bucket);
        return low + ((high - low) / 2.0);
    }
}
