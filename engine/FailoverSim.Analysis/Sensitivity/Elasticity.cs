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
    /// <param name="scores">Scores of its replications; their expectations are zero.</param>
    /// <param name="level">Confidence of each interval alone.</param>
    public static IReadOnlyList<Elasticity> Of(ResultTable table, HazardScoreTable scores, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Rows.Count != table.Replications)
        {
            throw new ArgumentException($"{scores.Rows.Count} scores of {table.Replications} replications.", nameof(scores));
        }
        int hazards = scores.Hazards.Count;
        Moments[] moments = [.. table.Names.Services.SelectMany(_ => scores.Hazards.Select(_ => new Moments(scores.Rows.Count)))];
        // Three passes, each in the order of replications, so that threads cannot change a digit.
        foreach (Action<Moments, double, double> see in (Action<Moments, double, double>[])[
            (pair, down, score) => pair.AddToMeans(down, score),
            (pair, down, score) => pair.AddToCovariance(down, score),
            (pair, down, score) => pair.AddToSquares(down, score)])
        {
            foreach ((ServiceRow row, double[] score) in table.Rows.Zip(scores.Rows.SelectMany(row => table.Names.Services.Select(_ => row))))
            {
                for (int k = 0; k < hazards; k++)
                {
                    see(moments[(row.Service * hazards) + k], row.DownNanoseconds, score[k]);
                }
            }
        }
        return
        [
            .. table.Names.Services.SelectMany((service, i) => scores.Hazards
                .Select((hazard, k) => new Elasticity(service, hazard, moments[(i * hazards) + k].Estimate(level)))
                .OrderByDescending(elasticity => Math.Abs(elasticity.Estimate.Value ?? 0))),
        ];
    }

    /// <summary>Of the down time and one score; each sum needs those before it.</summary>
    private sealed class Moments(long n)
    {
        private double _down;
        private double _score;
        private double _products;
        private double _squares;

        private double Mean => _down / n;

        private double Covariance => _products / (n - 1.0);

        public void AddToMeans(double down, double score)
        {
            _down += down;
            _score += score;
        }

        public void AddToCovariance(double down, double score) => _products += (down - Mean) * (score - (_score / n));

        /// <summary>The delta method: what one replication adds to Cov(D, S)/E[D].</summary>
        public void AddToSquares(double down, double score)
        {
            double influence = (((down - Mean) * (score - (_score / n) - (Covariance / Mean))) - Covariance) / Mean;
            _squares += influence * influence;
        }

        public Estimate Estimate(double level)
        {
            if (n < 3 || !(Mean > 0))
            {
                return new Estimate(null, null, null, level, "none", n);
            }
            double value = Covariance / Mean;
            double half = QuantileOf.TwoSidedT(n - 1, level) * Math.Sqrt(_squares / (n - 1.0) / n);
            return new Estimate(value, value - half, value + half, level, "score", n);
        }
    }
}

/// <summary>Scores of the hazards of a run, one row per replication.</summary>
/// <param name="Hazards">Names, in the order of the columns.</param>
/// <param name="Rows">N − H of each hazard from t = 0 to the end of the horizon.</param>
public sealed record HazardScoreTable(IReadOnlyList<string> Hazards, IReadOnlyCollection<double[]> Rows);
