using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Fitting.Families;

namespace FailoverSim.Analysis.Fitting;

/// <summary>Maximum likelihood of the families with a mean and at most one shape, with profile-likelihood intervals.</summary>
public static class MaximumLikelihood
{
    /// <summary>How far, in units of ln, a mean may lie from exposure / failures.</summary>
    private const double Reach = 25;

    /// <summary>The best law of the family; null if the likelihood has no maximum within reason (all times alike, or none).</summary>
    public static FittedLaw? Fit(Family family, Sample sample)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Failures == 0)
        {
            return null;
        }
        double start = Math.Log(sample.Exposure / sample.Failures);
        if (family.Parameters == 1)
        {
            // Exposure over failures is the maximum itself where every time is exact.
            double mean = sample.Intervals == 0 && sample.Exposure > 0 ? sample.Exposure / sample.Failures
                : Math.Exp(Maximum.Of(m => Value(family, sample, m, 0), start, start - Reach, start + Reach).X);
            return Made(family, sample, mean, 1);
        }
        var (low, high) = LogRange(family);
        double guess = Math.Clamp(Math.Log(family.Guess(Spread(sample))), low + 0.1, high - 0.1);
        var (x, y, value) = Maximum.Of((m, s) => Value(family, sample, m, s), (start, guess), (start - Reach, low), (start + Reach, high));
        bool inside = y > low + 1e-6 && y < high - 1e-6 && Math.Abs(x - start) < Reach - 1e-6 && double.IsFinite(value);
        return inside ? Made(family, sample, Math.Exp(x), Math.Exp(y)) : null;
    }

    /// <summary>
    /// The interval of the mean, in seconds: exact for the exponential law, [χ²(1−α/2; 2d+2), χ²(α/2; 2d)] under twice the exposure
    /// (conservative where watching stops at a set time); else by profile likelihood. A bound is null where the data give none.
    /// </summary>
    public static (double? Low, double? High) MeanInterval(Family family, Sample sample, FittedLaw fit, double level)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(fit);
        if (family.Parameters == 1)
        {
            var (low, high) = PoissonInterval.Garwood(fit.Failures, level);
            double exposure = fit.Law.Mean * fit.Failures;
            return (exposure / high, exposure / low);
        }
        var shapes = LogRange(family);
        double centre = Math.Log(fit.Law.Mean);
        return Profile(
            (mean, shape) => Value(family, sample, mean, shape), centre, Math.Log(fit.Shape!.Value), shapes,
            (centre - Reach, centre + Reach), fit.LogLikelihood, level);
    }

    /// <summary>The profile-likelihood interval of the shape; null for a law without.</summary>
    public static (double? Low, double? High)? ShapeInterval(Family family, Sample sample, FittedLaw fit, double level)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(fit);
        if (family.Parameters == 1)
        {
            return null;
        }
        double mean = Math.Log(fit.Law.Mean);
        return Profile(
            (shape, m) => Value(family, sample, m, shape), Math.Log(fit.Shape!.Value), mean, (mean - Reach, mean + Reach),
            LogRange(family), fit.LogLikelihood, level);
    }

    /// <summary>{x: 2 (l^ − max over y of l(x, y)) ≤ χ²(level; 1)}, back from logarithms.</summary>
    private static (double? Low, double? High) Profile(
        Func<double, double, double> l, double x, double y, (double Low, double High) others, (double Low, double High) range,
        double best, double level)
    {
        double drop = 0.5 * QuantileOf.ChiSquare(1, level);
        return (Bound(-1), Bound(1));

        double? Bound(int direction)
        {
            double inner = x, other = y, step = 0.1, above = drop;
            double? outer = null;
            double below = 0;
            // Out until the likelihood has dropped enough, then between the two by secant and bisection in turn.
            while (outer is null)
            {
                double next = Math.Clamp(inner + direction * step, range.Low, range.High);
                double left = Left(next, ref other);
                if (left <= 0)
                {
                    (outer, below) = (next, left);
                }
                else if (next == range.Low || next == range.High)
                {
                    return null;
                }
                else
                {
                    (inner, above) = (next, left);
                    step *= 1.7;
                }
            }
            for (int i = 0; i < 60 && Math.Abs(outer.Value - inner) > 1e-7; i++)
            {
                bool secant = i % 3 != 2 && double.IsFinite(below);
                double middle = secant ? inner + (outer.Value - inner) * above / (above - below) : 0.5 * (inner + outer.Value);
                double left = Left(middle, ref other);
                if (Math.Abs(left) < 1e-9)
                {
                    return Math.Exp(middle);
                }
                if (left > 0)
                {
                    (inner, above) = (middle, left);
                }
                else
                {
                    (outer, below) = (middle, left);
                }
            }
            return Math.Exp(inner);
        }

        double Left(double at, ref double other)
        {
            var (found, value) = Maximum.Of(o => l(at, o), other, others.Low, others.High);
            other = double.IsFinite(value) ? found : other;
            return drop - (best - value);
        }
    }

    private static double Value(Family family, Sample sample, double logMean, double logShape)
    {
        double mean = Math.Exp(logMean);
        return LogLikelihood.Of(sample, family.At(mean, Math.Exp(logShape)), mean);
    }

    private static FittedLaw Made(Family family, Sample sample, double mean, double shape)
    {
        Life life = family.At(mean, shape);
        return new FittedLaw(
            family.Name, family.Parameters, life.Law, family.Parameters == 1 ? null : shape,
            LogLikelihood.Of(sample, life, mean), sample.Failures);
    }

    private static (double Low, double High) LogRange(Family family) =>
        (Math.Log(family.ShapeRange.Low), Math.Log(family.ShapeRange.High));

    /// <summary>Standard deviation of the logarithms of what ended; 1 where that says nothing.</summary>
    private static double Spread(Sample sample)
    {
        double sum = 0, squares = 0;
        int n = 0;
        foreach (Observation o in sample.Observations)
        {
            if (!o.IsCensored)
            {
                double log = Math.Log(o.Time);
                (sum, squares, n) = (sum + log, squares + log * log, n + 1);
            }
        }
        double variance = n < 2 ? 0 : (squares - sum * sum / n) / (n - 1);
        return variance > 1e-8 ? Math.Sqrt(variance) : 1;
    }
}
