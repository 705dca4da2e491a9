using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;

namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// Two lognormal laws mixed, as where machines restart some of what fails and people repair the rest. Fitted by expectation and
/// maximisation [Dempster, Laird &amp; Rubin 77]: every time is shared out between the parts; a censored or interval time counts with
/// the mean and mean square of its logarithm, given what is known of it.
/// </summary>
public static class LogNormalMixture
{
    public const string Name = "mix";

    /// <summary>Fewer ends than that say nothing of five parameters.</summary>
    public const int LeastFailures = 30;

    private const int Parameters = 5;
    private const int MostRounds = 500;
    private const double LeastShare = 0.02;

    /// <summary>Narrower parts sit on single times, where the likelihood has no bound.</summary>
    private const double LeastSigma = 0.05;

    private readonly record struct Part(double Share, double Mu, double Sigma);

    /// <summary>Null if there are too few, if watching began late for any (left truncation), or if it comes down to one part.</summary>
    public static FittedLaw? Fit(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Failures < LeastFailures || sample.Truncated > 0 || sample.AgesUnknown > 0)
        {
            return null;
        }
        (double Low, double High)[] logs = [.. sample.Observations.Select(o => (Math.Log(o.Low), Math.Log(o.High)))];
        (Part[] Parts, double Value)? best = null;
        foreach (double cut in new[] { 0.25, 0.5, 0.75 })
        {
            var found = Climb(logs, Start(sample, cut));
            best = best is null || found.Value > best.Value.Value ? found : best;
        }
        Part[] parts = best!.Value.Parts;
        double least = Math.Max(LeastShare, 5.0 / sample.Failures);
        if (parts.Any(p => p.Share < least || p.Sigma <= LeastSigma) || !double.IsFinite(best.Value.Value))
        {
            return null;
        }
        // The likelihood of the times themselves, not of their logarithms.
        double jacobian = sample.Observations.Where(o => o.IsExact).Sum(o => Math.Log(o.Low));
        Law law = new Mixture([.. parts.OrderBy(p => p.Mu).Select(p => (p.Share, (Law)new LogNormal(p.Mu, p.Sigma)))]);
        return new FittedLaw(Name, Parameters, law, null, best.Value.Value - jacobian, sample.Failures);
    }

    /// <summary>The ends sorted and cut in two.</summary>
    private static Part[] Start(Sample sample, double cut)
    {
        double[] sorted = [.. sample.Observations.Where(o => !o.IsCensored).Select(o => Math.Log(o.Time)).Order()];
        int k = Math.Clamp((int)(cut * sorted.Length), 2, sorted.Length - 2);
        return [Of(sorted[..k], cut), Of(sorted[k..], 1 - cut)];

        static Part Of(double[] logs, double share)
        {
            double mean = logs.Average();
            double variance = logs.Average(l => (l - mean) * (l - mean));
            return new Part(share, mean, Math.Max(4 * LeastSigma, Math.Sqrt(variance)));
        }
    }

    private static (Part[] Parts, double Value) Climb((double Low, double High)[] logs, Part[] parts)
    {
        double value = double.NegativeInfinity;
        for (int round = 0; round < MostRounds; round++)
        {
            double sum = 0;
            (double Weight, double First, double Second)[] totals = new (double, double, double)[parts.Length];
            double[] densities = new double[parts.Length];
            foreach (var (low, high) in logs)
            {
                for (int k = 0; k < parts.Length; k++)
                {
                    densities[k] = Math.Log(parts[k].Share) + LogProbability(parts[k], low, high);
                }
                double most = densities.Max();
                double total = densities.Sum(d => Math.Exp(d - most));
                sum += most + Math.Log(total);
                for (int k = 0; k < parts.Length; k++)
                {
                    double weight = Math.Exp(densities[k] - most) / total;
                    if (weight > 1e-12)
                    {
                        var (first, second) = Moments(parts[k], low, high);
                        totals[k] = (totals[k].Weight + weight, totals[k].First + weight * first, totals[k].Second + weight * second);
                    }
                }
            }
            bool settled = sum - value < 1e-6;
            value = sum;
            if (settled || !double.IsFinite(sum))
            {
                break;
            }
            parts = [.. totals.Select(t => new Part(
                Math.Max(1e-12, t.Weight / logs.Length), t.First / t.Weight,
                Math.Max(LeastSigma, Math.Sqrt(Math.Max(0, t.Second / t.Weight - Math.Pow(t.First / t.Weight, 2))))))];
        }
        double shares = parts.Sum(p => p.Share);
        return ([.. parts.Select(p => p with { Share = p.Share / shares })], value);
    }

    private static double LogProbability(Part part, double low, double high)
    {
        double a = (low - part.Mu) / part.Sigma;
        if (low == high)
        {
            return -0.5 * a * a - Math.Log(part.Sigma) - 0.918938533204672741780;
        }
        double hazard = Normal.CumulativeHazard(a);
        double further = Normal.CumulativeHazard((high - part.Mu) / part.Sigma) - hazard;
        return -hazard + (double.IsPositiveInfinity(high) ? 0 : Math.Log(-Law.ExpMinusOne(-further)));
    }

    /// <summary>E[Y] and E[Y²] of a normal Y known to lie within the bounds.</summary>
    private static (double First, double Second) Moments(Part part, double low, double high)
    {
        double a = (low - part.Mu) / part.Sigma, b = (high - part.Mu) / part.Sigma;
        if (low == high || b - a < 1e-4)
        {
            double middle = 0.5 * (low + high);
            return (middle, middle * middle);
        }
        double atLow = double.IsNegativeInfinity(a) ? 0 : Math.Exp(LogDensity(a) - LogProbability(part, low, high));
        double atHigh = double.IsPositiveInfinity(b) ? 0 : Math.Exp(LogDensity(b) - LogProbability(part, low, high));
        double first = atLow - atHigh;
        double second = 1 + (atLow == 0 ? 0 : a * atLow) - (atHigh == 0 ? 0 : b * atHigh);
        return (part.Mu + part.Sigma * first,
            part.Mu * part.Mu + 2 * part.Mu * part.Sigma * first + part.Sigma * part.Sigma * second);
    }

    private static double LogDensity(double z) => -0.5 * z * z - 0.918938533204672741780;
}
