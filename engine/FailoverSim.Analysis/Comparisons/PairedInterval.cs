using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>
/// The interval of the mean of paired differences (engine/docs/intervals.md). What the variant adds and what it spares are two
/// positive sums, each with the envelope that the down time itself has; their difference takes its distances from both, and from
/// how they go together ([Zou &amp; Donner 08], "MOVER"); and no bound lies closer than Student's t on the pairs has it. With plentiful
/// differences that is all; with few, skewed ones, where t is far too sure, it is about the sign test: five alike of five do not
/// decide, six do.
/// </summary>
public static class PairedInterval
{
    private const double FarBeyond = 10;

    /// <summary>Of the variant's share of time minus the baseline's.</summary>
    /// <param name="moments">Times in nanoseconds.</param>
    /// <param name="horizonNanoseconds">Observed time of each replication.</param>
    /// <param name="level">Confidence of this interval alone.</param>
    public static Estimate Difference(PairedMoments moments, long horizonNanoseconds, double level)
    {
        ArgumentNullException.ThrowIfNull(moments);
        long n = moments.Count;
        if (n == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        double exposure = (double)n * horizonNanoseconds;
        double share = (double)moments.Difference / exposure;
        if (moments.AllAlike)
        {
            // At most so large a share of replications is of a kind not seen yet, and may differ from end to end.
            double unseen = 1 - Math.Pow((1 - level) / 2, 1.0 / n);
            return new Estimate(share, (share * (1 - unseen)) - unseen, (share * (1 - unseen)) + unseen, level, "rule-of-three", n);
        }
        var (below, above) = Distances(moments, level);
        return new Estimate(share, share - (below / exposure), share + (above / exposure), level, "paired", n);
    }

    /// <summary>How far the bounds of Σd lie below and above it.</summary>
    private static (double Below, double Above) Distances(PairedMoments moments, double level)
    {
        long n = moments.Count;
        double mean = (double)moments.Difference / n;
        // What one more difference could add, to either side: one that was hardly seen, or never, knows too little of its own.
        double excess = Math.Max(moments.More.Largest, moments.Less.Largest) - Math.Abs(mean);
        Side more = new(moments.More, moments, excess, level);
        Side less = new(moments.Less, moments, excess, level);
        double together = (more.Variance + less.Variance - moments.VarianceOfDifference) / 2;
        double correlation = more.Variance > 0 && less.Variance > 0
            ? Math.Clamp(together / Math.Sqrt(more.Variance * less.Variance), -1, 1)
            : 0;
        // Of few but plentiful differences the logarithms inside the envelopes know too little; there Student's t is at home.
        double students = QuantileOf.TwoSidedT(n - 1, level) * Math.Sqrt(moments.VarianceOfDifference);
        return (
            Math.Max(students, Joint(more.Below, less.Above, correlation)),
            Math.Max(students, Joint(more.Above, less.Below, correlation)));
    }

    private static double Joint(double a, double b, double correlation) =>
        Math.Sqrt(Math.Max(0, (a * a) + (b * b) - (2 * correlation * a * b)));

    /// <summary>One of the two sums: its variance, and how far its bounds lie from it.</summary>
    private readonly record struct Side
    {
        public Side(ReplicationSum sum, PairedMoments moments, double excess, double level)
        {
            double total = (double)sum.Total;
            if (sum.Positive == 0)
            {
                Above = excess * QuantileOf.Gamma(1, (1 + level) / 2);
                return;
            }
            Variance = sum.Variance(moments.Count);
            if (Variance > 0)
            {
                // The degrees of freedom are those of all differences: two on one side among hundreds would have one, and a bound beyond all reason.
                var (low, high) = CompoundPoisson.Envelope(total, Variance, excess, moments.Differing, level);
                // Two or three in all bound nothing: at high levels Student's t makes e^250 times the sum of them. Nobody expects a difference more
                // than ten times the largest that was seen on either side.
                double most = CompoundPoisson.FayFeuer(total, Variance, FarBeyond * Math.Max(excess, sum.Largest), level).High;
                (Below, Above) = (total - low, Math.Min(high, most) - total);
            }
        }

        public double Variance { get; }
        public double Below { get; }
        public double Above { get; }
    }
}
