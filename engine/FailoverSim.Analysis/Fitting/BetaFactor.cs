using MathNet.Numerics.Distributions;

namespace FailoverSim.Analysis.Fitting;

/// <summary>Which share of the events of a class strike two or more of it at once.</summary>
/// <param name="Events">Moments at which one or more failed.</param>
/// <param name="Common">Those at which two or more did.</param>
/// <param name="Expected">Of those, how many chance alone would bring about.</param>
/// <param name="LeastHit">Fewest that a common event struck.</param>
/// <param name="MostHit">Most.</param>
public sealed record BetaFactor(int Events, int Common, double Expected, int LeastHit, int MostHit)
{
    /// <summary>One in a hundred: below it common events are taken as such, not as coincidences.</summary>
    private const double Coincidence = 0.01;

    /// <summary>Common events / all events.</summary>
    public double Value => Events == 0 ? 0 : (double)Common / Events;

    /// <summary>Whether more events are common than independent failures explain.</summary>
    public bool IsReal => Common > 0 && (Expected == 0
        || 1 - Poisson.CDF(Expected, Common - 1) < Coincidence);

    /// <summary>Exact for a binomial share [Clopper &amp; Pearson 34].</summary>
    public (double Low, double High) Interval(double level)
    {
        double tail = (1 - level) / 2;
        return (Common == 0 ? 0 : Beta.InvCDF(Common, Events - Common + 1.0, tail),
            Common == Events ? 1 : Beta.InvCDF(Common + 1.0, Events - Common, 1 - tail));
    }
}
