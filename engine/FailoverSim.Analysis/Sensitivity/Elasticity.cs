using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Sensitivity;

/// <summary>
/// By how many per cent the down time of a service grows when one hazard grows by one per cent: d ln U/d ln c, of a factor c on the
/// hazard at every age. It comes from the base run alone, by the score N − H of each replication [Reiman &amp; Weiss 89; Glynn 90]:
/// Cov(D, N − H)/E[D].
/// </summary>
/// <param name="Service">Which service.</param>
/// <param name="Hazard">Where the law stands whose hazard it is: <c>units.pump.fails</c>.</param>
/// <param name="Estimate">The elasticity.</param>
public sealed record Elasticity(string Service, string Hazard, Estimate Estimate)
{
    /// <summary>All services, and of each all hazards, the largest elasticity first.</summary>
    /// <param name="table">Results of the base.</param>
    /// <param name="scores">Scores of its replications.</param>
    /// <param name="level">Confidence of each interval alone.</param>
    public static IReadOnlyList<Elasticity> Of(ResultTable table, HazardScoreTable scores, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Rows.Count != table.Replications)
        {
            throw new ArgumentException($"{scores.Rows.Count} scores of {table.Replications} replications.", nameof(scores));
        }
        double[][] down = [.. table.Names.Services.Select(_ => new double[table.Replications])];
        foreach (ServiceRow row in table.Rows)
        {
            down[row.Service][row.Replication] = row.DownNanoseconds;
        }
        return
        [
            .. table.Names.Services.SelectMany((service, i) => scores.Hazards
                .Select((hazard, k) => new Elasticity(service, hazard, Of(down[i], [.. scores.Rows.Select(row => row[k])], level)))
                .OrderByDescending(elasticity => Math.Abs(elasticity.Estimate.Value ?? 0))),
        ];
    }

    /// <param name="down">Down time of each replication.</param>
    /// <param name="score">Score of each replication; its expectation is zero.</param>
    /// <param name="level">Confidence.</param>
    public static Estimate Of(IReadOnlyList<double> down, IReadOnlyList<double> score, double level)
    {
        ArgumentNullException.ThrowIfNull(down);
        ArgumentNullException.ThrowIfNull(score);
        int n = down.Count;
        // In the order of replications, so that threads cannot change a digit.
        double mean = down.Sum() / n;
        if (n < 3 || !(mean > 0))
        {
            return new Estimate(null, null, null, level, "none", n);
        }
        double middle = score.Sum() / n;
        double covariance = down.Zip(score, (d, s) => (d - mean) * (s - middle)).Sum() / (n - 1.0);
        double value = covariance / mean;
        // The delta method: what one replication adds to Cov(D, S)/E[D].
        double squares = down.Zip(score, (d, s) => (((d - mean) * (s - middle - value)) - covariance) / mean).Sum(influence => influence * influence);
        double half = QuantileOf.TwoSidedT(n - 1, level) * Math.Sqrt(squares / (n - 1.0) / n);
        return new Estimate(value, value - half, value + half, level, "score", n);
    }
}

/// <summary>Scores of the hazards of a run, one row per replication.</summary>
/// <param name="Hazards">Names, in the order of the columns.</param>
/// <param name="Rows">N − H of each hazard from t = 0 to the end of the horizon.</param>
public sealed record HazardScoreTable(IReadOnlyList<string> Hazards, IReadOnlyList<double[]> Rows);
