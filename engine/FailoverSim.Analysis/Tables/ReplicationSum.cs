using System.Numerics;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Exact sums of one quantity that each replication has so much of: its total, and what the variance of that needs. Zeroes
/// count for nothing, so a quantity that is rare costs little.
/// </summary>
public sealed class ReplicationSum
{
    public Int128 Total { get; private set; }

    /// <summary>Σ x².</summary>
    public BigInteger Squares { get; private set; }

    /// <summary>The largest of a replication.</summary>
    public long Largest { get; private set; }

    /// <summary>Replications that have any.</summary>
    public long Positive { get; private set; }

    public void Add(long x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x > 0)
        {
            Total += x;
            Squares += (Int128)x * x;
            Largest = Math.Max(Largest, x);
            Positive++;
        }
    }

    public void Merge(ReplicationSum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Total += other.Total;
        Squares += other.Squares;
        Largest = Math.Max(Largest, other.Largest);
        Positive += other.Positive;
    }

    /// <summary>Estimated variance of the total over so many replications: n/(n−1) Σ(x − x̄)². Needs two.</summary>
    public double Variance(long replications)
    {
        BigInteger total = Total;
        return (double)(replications * Squares - total * total) / (replications - 1.0);
    }
}
