namespace FailoverSim.Tests.Laws;

/// <summary>
/// Test statistics with critical values at α = 1e-6: a re-seed of all tests raises a false alarm once in a thousand
/// times.
/// </summary>
internal static class Statistics
{
    /// <summary>√(−½ ln(α/2)).</summary>
    public const double CriticalDistance = 2.69;

    /// <summary>Standard normal, two-sided.</summary>
    public const double CriticalZ = 4.9;

    /// <summary>
    /// Kolmogorov and Smirnov's D·√n against a distribution function that may have steps; +∞ is a value like others.
    /// </summary>
    public static double Distance(double[] sample, Func<double, double> cdf)
    {
        Array.Sort(sample);
        double distance = 0;
        for (int first = 0, next; first < sample.Length && double.IsFinite(sample[first]); first = next)
        {
            double x = sample[first];
            next = first;
            while (next < sample.Length && sample[next] == x)
            {
                next++;
            }
            distance = Math.Max(distance, Math.Abs((double)next / sample.Length - cdf(x)));
            distance = Math.Max(distance, Math.Abs((double)first / sample.Length - cdf(Math.BitDecrement(x))));
        }
        return distance * Math.Sqrt(sample.Length);
    }

    /// <summary>How many standard errors the sample's mean is away from the law's.</summary>
    public static double MeanError(double[] sample, double mean, double variance) =>
        (sample.Average() - mean) / Math.Sqrt(variance / sample.Length);

    /// <summary>
    /// Chi-square of counts against equal expectations, made normal by Wilson and Hilferty's cube root.
    /// </summary>
    public static double EvenCountsZ(int[] counts)
    {
        double expected = counts.Average();
        double chi2 = counts.Sum(count => (count - expected) * (count - expected)) / expected;
        double part = 2.0 / (9 * (counts.Length - 1));
        return (Math.Cbrt(chi2 / (counts.Length - 1)) - (1 - part)) / Math.Sqrt(part);
    }
}
