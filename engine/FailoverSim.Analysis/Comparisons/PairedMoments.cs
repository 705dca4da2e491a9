using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>
/// Exact sums over pairs: what one quantity is in a replication of the baseline, and in the same replication of a variant. All
/// integers, so neither the order of adding nor that of merging can change a digit.
/// </summary>
public sealed class PairedMoments
{
    /// <summary>x is the variant, y the baseline.</summary>
    public RatioMoments Pairs { get; } = new();

    /// <summary>variant − baseline, where the variant has more.</summary>
    public ReplicationSum More { get; } = new();

    /// <summary>baseline − variant, where the variant has less.</summary>
    public ReplicationSum Less { get; } = new();

    public long Count => Pairs.Count;

    /// <summary>Pairs that differ.</summary>
    public long Differing => More.Positive + Less.Positive;

    /// <summary>Σ (variant − baseline).</summary>
    public Int128 Difference => More.Total - Less.Total;

    /// <summary>Whether all pairs differ by the same, or not at all: nothing then shows how far others may.</summary>
    public bool AllAlike => Count < 2 || Numerator.IsZero;

    /// <summary>Estimated variance of <see cref="Difference"/>: n/(n−1) Σ(d − d̄)². Needs two pairs.</summary>
    public double VarianceOfDifference => (double)Numerator / (Count - 1.0);

    /// <summary>How alike the replications of the two are, from −1 to 1; null where one of them never varies.</summary>
    public double? Correlation
    {
        get
        {
            double squares = Pairs.VarianceOfX * Pairs.VarianceOfY;
            double covariance = (double)((Count * Pairs.XY) - (Pairs.X * Pairs.Y)) / (Count - 1.0);
            return Count >= 2 && squares > 0 ? covariance / Math.Sqrt(squares) : null;
        }
    }

    /// <summary>
    /// (s₁² + s₂²)/s_D²: by how much independent runs would have to be longer to tell the difference as precisely. Null where all
    /// differences are alike.
    /// </summary>
    public double? VarianceReduction => AllAlike ? null : (Pairs.VarianceOfX + Pairs.VarianceOfY) / VarianceOfDifference;

    /// <summary>What perfectly common luck could give: (s₁² + s₂²)/(s₁ − s₂)²; null where both vary alike, or nothing does.</summary>
    public double? VarianceReductionLimit
    {
        get
        {
            if (Count < 2)
            {
                return null;
            }
            double apart = Math.Sqrt(Pairs.VarianceOfX) - Math.Sqrt(Pairs.VarianceOfY);
            return apart == 0 ? null : (Pairs.VarianceOfX + Pairs.VarianceOfY) / (apart * apart);
        }
    }

    /// <summary>n Σd² − (Σd)², exact.</summary>
    private System.Numerics.BigInteger Numerator
    {
        get
        {
            System.Numerics.BigInteger sum = Difference;
            return (Count * (More.Squares + Less.Squares)) - (sum * sum);
        }
    }

    public void Add(long baseline, long variant)
    {
        if (baseline == 0 && variant == 0)
        {
            Pairs.AddZeroes(1);
            return;
        }
        Pairs.Add(variant, baseline);
        if (variant > baseline)
        {
            More.Add(variant - baseline);
        }
        else
        {
            Less.Add(baseline - variant);
        }
    }

    public void Merge(PairedMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Pairs.Merge(other.Pairs);
        More.Merge(other.More);
        Less.Merge(other.Less);
    }
}
