using System.Numerics;

namespace FailoverSim.Benchmarks.EventLists.Calendars;

/// <summary>
/// How many of a number of instants lie within 2^j nanoseconds of the first, for every j: that tells at which pace they follow each
/// other, be it a millisecond or a year.
/// </summary>
internal unsafe struct Scales
{
    private const int Count = 64;

    /// <summary>Distances from 2^(j−1) on and below 2^j; 0 has a place of its own.</summary>
    private fixed int _at[Count];

    public void Add(long distance)
    {
        unchecked
        {
            _at[Count - BitOperations.LeadingZeroCount((ulong)distance)]++;
        }
    }

    /// <summary>The exponent of an interval, as a power of two, that holds so many where they are densest.</summary>
    /// <param name="wanted">How many.</param>
    /// <param name="trusted">What fewer than so many seem to tell is chance.</param>
    public readonly int WidthFor(double wanted, int trusted)
    {
        double densest = 0;
        int within = 0;
        for (int j = 0; j < Count; j++)
        {
            within += _at[j];
            if (within >= trusted || j == Count - 1)
            {
                densest = Math.Max(densest, Math.ScaleB(within, -j));
            }
        }
        return Math.Clamp((int)Math.Round(Math.Log2(wanted / densest)), 0, Count - 2);
    }

    /// <summary>The distance within which there are as many as possible, but not more than <paramref name="most"/> unless they coincide.</summary>
    public readonly long DistanceOf(int most)
    {
        int within = _at[0];
        int j = 0;
        while (j < Count - 2 && within + _at[j + 1] <= most)
        {
            j++;
            within += _at[j];
        }
        return 1L << j;
    }
}
