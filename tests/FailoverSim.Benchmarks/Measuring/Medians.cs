namespace FailoverSim.Benchmarks.Measuring;

internal static class Medians
{
    /// <summary>The upper one of an even number.</summary>
    public static double Median(this IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
