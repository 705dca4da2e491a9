namespace FailoverSim.Analysis.Estimates;

/// <summary>A number with the interval that the truth lies in, at the given confidence level, as far as the data can say.</summary>
/// <param name="Value">Null where the data give no point estimate (no outage: no mean duration).</param>
/// <param name="Low">Null where the data give no bound.</param>
/// <param name="High">Null where the data give no bound.</param>
/// <param name="Level">Confidence of the interval; null for plain facts of the sample.</param>
/// <param name="Method">How the interval was made; the words are those of <c>engine/docs/intervals.md</c>.</param>
/// <param name="N">Observations: outages, replications or windows, whichever the method takes as its units.</param>
/// <param name="Cautions">What to bear in mind when reading it.</param>
public sealed record Estimate(
    double? Value, double? Low, double? High, double? Level, string Method, long N, Cautions Cautions = Cautions.None)
{
    /// <summary>Half the width of the interval; infinite where a bound is missing.</summary>
    public double HalfWidth => (High - Low) / 2 ?? double.PositiveInfinity;

    /// <summary>In another unit.</summary>
    public Estimate Times(double factor) =>
        this with { Value = Value * factor, Low = Low * factor, High = High * factor };

    /// <summary>One minus it: the bounds change places.</summary>
    public Estimate Complement() => this with { Value = 1 - Value, Low = 1 - High, High = 1 - Low };

    /// <summary><paramref name="numerator"/> over it: the bounds change places.</summary>
    public Estimate Inverse(double numerator) =>
        this with { Value = Over(numerator, Value), Low = Over(numerator, High), High = Over(numerator, Low) };

    private static double? Over(double numerator, double? x) => x is > 0 ? numerator / x : null;
}
