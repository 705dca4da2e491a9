using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.Laws;

/// <summary>
/// What a truncated law finds out once, when it is made: its moments, or an equal law that knows them.
/// </summary>
internal static class TruncatedMoments
{
    /// <summary>
    /// A law that is the same as <paramref name="law"/> between the two durations; null if there is none simpler.
    /// </summary>
    /// <param name="law">The law inside.</param>
    /// <param name="min">Seconds.</param>
    /// <param name="max">Seconds, may be +∞.</param>
    /// <param name="windowHazard">−ln of the probability of the window.</param>
    public static Law? Equal(Law law, double min, double max, double windowHazard) => law switch
    {
        Never or Constant => law,
        Uniform uniform => new Uniform(Math.Max(min, uniform.Low), Math.Min(max, uniform.High)),
        Empirical sample => new Empirical([.. sample.Sorted.Where(value => value >= min && value <= max)]),
        Mixture mixture => TruncateParts(mixture, min, max, windowHazard),
        _ => null,
    };

    /// <summary>Mean and variance by integration.</summary>
    /// <param name="window">The truncated law: all but its moments is ready.</param>
    /// <param name="law">The law inside.</param>
    /// <param name="min">Seconds.</param>
    /// <param name="max">Seconds, may be +∞.</param>
    public static (double Mean, double Variance) Of(Truncated window, Law law, double min, double max) =>
        law is Triangular triangle
            ? ByPieces(triangle, Math.Max(min, triangle.Low), Math.Min(max, triangle.High))
            : ByHazard(window);

    /// <summary>
    /// A truncated mixture is a mixture of truncated laws, with shares as likely as each is to lie in the window.
    /// </summary>
    private static Mixture TruncateParts(Mixture mixture, double min, double max, double windowHazard)
    {
        List<(double Share, Law Law)> parts = [];
        foreach ((double share, Law law) in mixture.Parts)
        {
            bool isInside = double.IsPositiveInfinity(max)
                || law.CumulativeHazard(max) > law.CumulativeHazard(Math.BitDecrement(min));
            if (isInside)
            {
                Truncated part = new(law, min, max);
                double weight = share * Math.Exp(windowHazard - part.WindowHazard);
                if (weight > 0)
                {
                    parts.Add((weight, part));
                }
            }
        }
        double total = parts.Sum(part => part.Share);
        return new Mixture([.. parts.Select(part => (part.Share / total, part.Law))]);
    }

    /// <summary>The density is a line on each side of the mode, so Simpson's rule is exact for both moments.</summary>
    private static (double Mean, double Variance) ByPieces(Triangular law, double min, double max)
    {
        double split = Math.Clamp(law.Mode, min, max);
        double mass = Integral((x, f) => f);
        double mean = min + Integral((x, f) => (x - min) * f) / mass;
        return (mean, Integral((x, f) => (x - mean) * (x - mean) * f) / mass);

        double Integral(Func<double, double, double> term) => Simpson(term, min, split) + Simpson(term, split, max);

        double Simpson(Func<double, double, double> term, double a, double b)
        {
            double middle = 0.5 * (a + b);
            // One-sided at a mode that is also an end: there the density jumps to zero outside only.
            return (b - a) / 6 * (Value(a) + 4 * Value(middle) + Value(b));

            double Value(double x) => term(x, law.Density(x));
        }
    }

    /// <summary>E g(X) = ∫ g(H⁻¹(y)) e^−y dy over y &gt; 0.</summary>
    private static (double Mean, double Variance) ByHazard(Truncated window)
    {
        double mean = ExponentialMean(window.InverseCumulativeHazard);
        return (mean, ExponentialMean(y => Square(window.InverseCumulativeHazard(y) - mean)));

        static double Square(double x) => x * x;
    }

    /// <summary>
    /// E g(Y) for Y ~ Exp(1) by double-exponential quadrature, y = exp(t − e^−t) (Takahasi and Mori, Publ. RIMS 9,
    /// 1974, 721): blind to a singularity at 0, about 14 digits for what is smooth elsewhere.
    /// </summary>
    private static double ExponentialMean(Func<double, double> g)
    {
        const int StepsPerUnit = 64;
        double sum = 0, mass = 0;
        for (int i = -4 * StepsPerUnit; i <= 6.5 * StepsPerUnit; i++)
        {
            double t = (double)i / StepsPerUnit;
            double y = Math.Exp(t - Math.Exp(-t));
            double weight = Math.Exp(-y) * y * (1 + Math.Exp(-t));
            sum += weight * g(y);
            mass += weight;
        }
        // The weights sum to 1 but for rounding; dividing makes constants exact.
        return sum / mass;
    }
}
