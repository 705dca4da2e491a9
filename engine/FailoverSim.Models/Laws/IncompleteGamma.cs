using FailoverSim.Kernel.Laws;
using MathNet.Numerics;

namespace FailoverSim.Models.Laws;

/// <summary>
/// The gamma law of scale 1, told by its hazard: −ln Q(a, x) with Q the regularised upper incomplete gamma function.
/// </summary>
/// <remarks>
/// Series below x = a + 1, continued fraction above (DLMF 8.11.4 and 8.9.2; Lentz's method), both in logarithms.
/// </remarks>
internal static class IncompleteGamma
{
    private const double Epsilon = 1e-17;
    private const double HalfLogTwoPi = 0.918938533204672741780;

    /// <summary>−ln Q(a, x), x &gt; 0.</summary>
    public static double CumulativeHazard(double a, double x) =>
        x < a + 1
            ? -Law.LogOnePlus(-Math.Exp(LogFactor(a, x)) * Series(a, x))
            : -LogFactor(a, x) - Math.Log(Fraction(a, x));

    /// <summary>Density over Q(a, x), x &gt; 0.</summary>
    public static double Hazard(double a, double x)
    {
        if (x >= a + 1)
        {
            return 1 / (x * Fraction(a, x));
        }
        double factor = Math.Exp(LogFactor(a, x));
        return factor / x / (1 - factor * Series(a, x));
    }

    /// <summary>ln(x^a e^−x / Γ(a)).</summary>
    private static double LogFactor(double a, double x)
    {
        if (a < 10)
        {
            return a * Math.Log(x) - x - SpecialFunctions.GammaLn(a);
        }
        // By Stirling's series (DLMF 5.11.1) the large terms cancel on paper rather than in the computer.
        double excess = (x - a) / a;
        double a2 = a * a;
        double stirling = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / a2) / a2) / a2) / a2) / a;
        double logRatio = Math.Abs(excess) < 0.5 ? Law.LogOnePlus(excess) : Math.Log(x / a);
        return 0.5 * Math.Log(a) - HalfLogTwoPi - stirling - a * (excess - logRatio);
    }

    /// <summary>P(a, x) / factor = Σ xⁿ / (a(a+1)…(a+n)).</summary>
    private static double Series(double a, double x)
    {
        double term = 1 / a;
        double sum = term;
        for (double n = a + 1; term > Epsilon * sum; n++)
        {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    /// <summary>Q(a, x) / factor = 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))).</summary>
    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double fraction = d;
        double change = 0;
        for (int n = 1; Math.Abs(change - 1) > 1e-15; n++)
        {
            double numerator = n * (a - n);
            b += 2;
            d = numerator * d + b;
            d = 1 / (d == 0 ? Tiny : d);
            c = b + numerator / c;
            c = c == 0 ? Tiny : c;
            change = c * d;
            fraction *= change;
        }
        return fraction;
    }
}
