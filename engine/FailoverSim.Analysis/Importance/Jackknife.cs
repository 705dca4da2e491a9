using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Analysis.Importance;

/// <summary>
/// A smooth function of sums over replications, with the interval from leaving one replication out at a time [Efron &amp; Stein 81].
/// Replications are shown in order, in three passes, each of which needs what came of the one before.
/// </summary>
/// <param name="replications">How many there are.</param>
/// <param name="places">Which of the measures of a replication are summed.</param>
/// <param name="of">The function of the sums; NaN or infinite where it has no value.</param>
internal sealed class Jackknife(long replications, IReadOnlyList<int> places, Func<double[], double> of)
{
    private readonly double[] _sums = new double[places.Count];
    private readonly double[] _without = new double[places.Count];
    private double _left;
    private double _squares;

    private double Mean => _left / replications;

    /// <summary>Shows all replications to all figures.</summary>
    public static void Over(IEnumerable<double[]> rows, IReadOnlyCollection<Jackknife> figures)
    {
        foreach (Action<Jackknife, double[]> see in (Action<Jackknife, double[]>[])[
            (figure, row) => figure.AddToSums(row),
            (figure, row) => figure.AddToMean(row),
            (figure, row) => figure.AddToSquares(row)])
        {
            foreach (double[] row in rows)
            {
                foreach (Jackknife figure in figures)
                {
                    see(figure, row);
                }
            }
        }
    }

    public Estimate Estimate(double level)
    {
        double value = of(_sums);
        if (!double.IsFinite(value))
        {
            return new Estimate(null, null, null, level, "none", replications);
        }
        double variance = (replications - 1.0) / replications * _squares;
        if (replications < 2 || !(variance > 0) || !double.IsFinite(variance))
        {
            return new Estimate(value, null, null, level, "none", replications);
        }
        double half = QuantileOf.TwoSidedT(replications - 1, level) * Math.Sqrt(variance);
        return new Estimate(value, value - half, value + half, level, "jackknife", replications);
    }

    private void AddToSums(double[] row)
    {
        for (int k = 0; k < _sums.Length; k++)
        {
            _sums[k] += row[places[k]];
        }
    }

    private void AddToMean(double[] row) => _left += Without(row);

    private void AddToSquares(double[] row)
    {
        double off = Without(row) - Mean;
        _squares += off * off;
    }

    private double Without(double[] row)
    {
        for (int k = 0; k < _sums.Length; k++)
        {
            _without[k] = _sums[k] - row[places[k]];
        }
        return of(_without);
    }
}
