using System.Numerics;

namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Exact sums of pairs (x, y), one pair per replication: all that a ratio Σx/Σy and its variance need. Integers, so that
/// neither the order of adding nor the cancellation in Σx² − (Σx)²/n can change or cost a digit.
/// </summary>
public sealed class RatioMoments
{
    public long Count { get; private set; }
    public BigInteger X { get; private set; }
    public BigInteger Y { get; private set; }
    public BigInteger XX { get; private set; }
    public BigInteger XY { get; private set; }
    public BigInteger YY { get; private set; }

    /// <summary>The largest x of a replication.</summary>
    public long LargestX { get; private set; }

    /// <summary>The largest y of a replication.</summary>
    public long LargestY { get; private set; }

    public void Add(long x, long y)
    {
        Count++;
        X += x;
        Y += y;
        XX += (Int128)x * x;
        XY += (Int128)x * y;
        YY += (Int128)y * y;
        LargestX = Math.Max(LargestX, x);
        LargestY = Math.Max(LargestY, y);
    }

    /// <summary>So many pairs (0, 0).</summary>
    public void AddZeroes(long count) => Count += count;

    public void Merge(RatioMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        X += other.X;
        Y += other.Y;
        XX += other.XX;
        XY += other.XY;
        YY += other.YY;
        LargestX = Math.Max(LargestX, other.LargestX);
        LargestY = Math.Max(LargestY, other.LargestY);
    }

    /// <summary>Estimated variance of Σx: n/(n−1) Σ(x − x̄)². Needs two replications.</summary>
    public double VarianceOfX => (double)(Count * XX - X * X) / (Count - 1.0);

    /// <summary>Estimated variance of Σy.</summary>
    public double VarianceOfY => (double)(Count * YY - Y * Y) / (Count - 1.0);

    /// <summary>Estimated variance of Σ(x − r y) with r = Σx/Σy: n/(n−1) Σ(x − r y)², its sum taken exactly.</summary>
    public double VarianceOfResiduals
    {
        get
        {
            double y = (double)Y;
            return (double)(Y * Y * XX - 2 * X * Y * XY + X * X * YY) / y / y * Count / (Count - 1.0);
        }
    }
}
