namespace FailoverSim.Reporting.Figures;

/// <summary>Statistics of values with counts, sorted by value.</summary>
internal sealed class WeightedSample
{
    public WeightedSample(IReadOnlyList<(double Seconds, long Count)> sorted)
    {
        Values = [.. sorted.Where(v => v.Count > 0)];
        Count = Values.Sum(v => v.Count);
    }

    public IReadOnlyList<(double Seconds, long Count)> Values { get; }
    public long Count { get; }

    public double Total => Values.Sum(v => v.Seconds * v.Count);
    public double Mean => Total / Count;

    /// <summary>The smallest value that at least this share of the sample does not exceed.</summary>
    public double Quantile(double share)
    {
        double needed = share * Count;
        long seen = 0;
        foreach ((double seconds, long count) in Values)
        {
            seen += count;
            if (seen >= needed)
            {
                return seconds;
            }
        }
        return Values[^1].Seconds;
    }

    public double ShareAbove(double seconds) =>
        Values.Where(v => v.Seconds > seconds).Sum(v => v.Count) / (double)Count;
}
