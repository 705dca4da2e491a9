using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Analysis.Importance;

/// <summary>
/// A smooth function of sums over replications, with the interval from leaving one replication out at a time [Efron &amp; Stein 81].
/// </summary>
internal static class Jackknife
{
    /// <param name="rows">One vector per replication, in order.</param>
    /// <param name="of">The function of the sums; NaN or infinite where it has no value.</param>
    /// <param name="level">Confidence.</param>
    public static Estimate Of(IReadOnlyList<double[]> rows, Func<double[], double> of, double level)
    {
        int n = rows.Count;
        double[] sums = new double[rows[0].Length];
        foreach (double[] row in rows)
        {
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += row[k];
            }
        }
        double value = of(sums);
        if (!double.IsFinite(value))
        {
            return new Estimate(null, null, null, level, "none", n);
        }
        double[] without = new double[sums.Length];
        double[] left = new double[n];
        for (int r = 0; r < n; r++)
        {
            for (int k = 0; k < sums.Length; k++)
            {
                without[k] = sums[k] - rows[r][k];
            }
            left[r] = of(without);
        }
        double mean = left.Sum() / n;
        double variance = (n - 1.0) / n * left.Sum(v => (v - mean) * (v - mean));
        if (n < 2 || !(variance > 0) || !double.IsFinite(variance))
        {
            return new Estimate(value, null, null, level, "none", n);
        }
        double half = QuantileOf.TwoSidedT(n - 1, level) * Math.Sqrt(variance);
        return new Estimate(value, value - half, value + half, level, "jackknife", n);
    }
}
