namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// Laplace's test: whether failures come more and more often (U &gt; 0) or less and less (U &lt; 0) over the time observed. A rate that moved is
/// no property that a scenario could hold for years. It takes the failures of each unit for a Poisson process.
/// </summary>
/// <param name="U">Standard normal if the rate stood still.</param>
/// <param name="N">Failures.</param>
public sealed record Trend(double U, int N)
{
    /// <summary>Two-sided.</summary>
    public double PValue => 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(U));

    /// <param name="at">Per failure how far into the observed time it came, from 0 to 1.</param>
    /// <returns>Null for fewer than four.</returns>
    public static Trend? Of(IReadOnlyCollection<double> at)
    {
        ArgumentNullException.ThrowIfNull(at);
        return at.Count < 4 ? null : new Trend((at.Sum() - 0.5 * at.Count) / Math.Sqrt(at.Count / 12.0), at.Count);
    }
}
