using FailoverSim.Analysis.Fitting.Families;
using FailoverSim.Kernel.Laws;

namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// Σ ln f(t) over exact times + Σ ln S(t) over censored ones + Σ ln(S(a) − S(b)) over intervals − Σ ln S(entry); lives of unknown
/// age have S/mean in the place of f.
/// </summary>
public static class LogLikelihood
{
    /// <summary>ln of the likelihood; −∞ where the law excludes what was seen.</summary>
    public static double Of(Sample sample, Life life, double mean)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(life);
        double logMean = Math.Log(mean);
        double sum = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            Observation o = sample.Observations[i];
            sum += o.AgeUnknown ? Residual(o, life) - logMean : Term(o, sample.Log(i), life);
            if (o.Entry > 0)
            {
                sum += o.AgeUnknown ? logMean - life.LogExcess(o.Entry) : life.CumulativeHazard(o.Entry);
            }
        }
        return double.IsNaN(sum) ? double.NegativeInfinity : sum;
    }

    private static double Term(Observation o, double log, Life life)
    {
        if (o.IsExact)
        {
            return life.LogDensity(o.Low, log);
        }
        double low = life.CumulativeHazard(o.Low);
        return o.IsCensored ? -low : -low + LogOneMinusExp(life.CumulativeHazard(o.High) - low);
    }

    private static double Residual(Observation o, Life life)
    {
        if (o.IsExact)
        {
            return -life.CumulativeHazard(o.Low);
        }
        double low = life.LogExcess(o.Low);
        return o.IsCensored ? low : low + LogOneMinusExp(low - life.LogExcess(o.High));
    }

    /// <summary>ln(1 − e⁻ˣ).</summary>
    private static double LogOneMinusExp(double x) => x <= 0 ? double.NegativeInfinity : Math.Log(-Law.ExpMinusOne(-x));
}
