using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// A ratio of sums over replications, Σx/Σy, with Student's t on its logarithm: the delta method on the residuals x − r y,
/// as for a regenerative ratio [Crane &amp; Lemoine 77].
/// </summary>
public static class RatioInterval
{
    /// <param name="moments">Sums of x and y per replication.</param>
    /// <param name="units">Replications with y &gt; 0: the others say nothing of the ratio.</param>
    /// <param name="level">Confidence.</param>
    /// <returns>Null where two replications at least are not there, or do not differ.</returns>
    public static (double Low, double High)? LogT(RatioMoments moments, long units, double level)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (units < 2 || moments.X.IsZero || moments.VarianceOfResiduals is not > 0)
        {
            return null;
        }
        double ratio = (double)moments.X / (double)moments.Y;
        double relative = Math.Sqrt(moments.VarianceOfResiduals) / (double)moments.X;
        double spread = Math.Exp(QuantileOf.TwoSidedT(units - 1, level) * relative);
        return (ratio / spread, ratio * spread);
    }
}
