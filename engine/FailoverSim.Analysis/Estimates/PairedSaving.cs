using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>Down time that a change saves, replication by replication with the same luck: Student's t on the differences.</summary>
public static class PairedSaving
{
    /// <returns>Per unit of observed time; negative where the change costs. No bounds where all replications differ alike.</returns>
    public static Estimate Of(ResultTable before, ResultTable after, int service, double level)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        long n = before.Replications;
        if (after.Replications != n || after.HorizonNanoseconds != before.HorizonNanoseconds)
        {
            throw new ArgumentException("Only the same replications can be compared in pairs.", nameof(after));
        }
        Int128 sum = 0;
        System.Numerics.BigInteger squares = 0;
        foreach ((var one, var other) in before.RowsOf(service).Zip(after.RowsOf(service)))
        {
            long saved = one.DownNanoseconds - other.DownNanoseconds;
            sum += saved;
            squares += (Int128)saved * saved;
        }
        double exposure = (double)n * before.HorizonNanoseconds;
        // n Σd² − (Σd)² is exact: nothing cancels.
        double variance = n < 2 ? 0 : (double)(n * squares - (System.Numerics.BigInteger)sum * sum) / (n - 1.0);
        double value = (double)sum / exposure;
        if (variance <= 0)
        {
            return new Estimate(value, null, null, level, "none", n);
        }
        double half = QuantileOf.TwoSidedT(n - 1, level) * Math.Sqrt(variance) / exposure;
        return new Estimate(value, value - half, value + half, level, "paired-t", n);
    }
}
