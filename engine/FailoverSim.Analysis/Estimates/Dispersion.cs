using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>How the numbers of outages per replication scatter, compared with a Poisson law.</summary>
public enum Scatter
{
    /// <summary>Nothing speaks against independent outages.</summary>
    Poisson,

    /// <summary>More than Poisson: cascades, flapping, common causes.</summary>
    Clustered,

    /// <summary>Less than Poisson: wear-out, maintenance, or outages that leave no room for others.</summary>
    Regular,
}

public static class Dispersion
{
    /// <summary>A rare false alarm: each side is called at one in a thousand.</summary>
    private const double Tail = 0.001;

    /// <summary>The index of dispersion, var(N)/mean(N), times R − 1, against the χ² law with R − 1 degrees [Fisher 50].</summary>
    public static Scatter Of(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return Of(totals.OutageCounts, totals.Replications);
    }

    /// <summary>The same for any kind of count.</summary>
    public static Scatter Of(ReplicationSum counts, long replicationCount)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (replicationCount < 2 || counts.Total == 0)
        {
            return Scatter.Poisson;
        }
        double replications = replicationCount;
        double degrees = replications - 1;
        double variance = counts.Variance(replicationCount) / replications;
        double statistic = degrees * variance / ((double)counts.Total / replications);
        return statistic > QuantileOf.ChiSquare(degrees, 1 - Tail) ? Scatter.Clustered
            : statistic < QuantileOf.ChiSquare(degrees, Tail) ? Scatter.Regular
            : Scatter.Poisson;
    }
}
