using FailoverSim.Kernel.Laws;
using MathNet.Numerics;

namespace FailoverSim.Models.Laws;

/// <summary>
/// The standard normal law, told by its hazard: −ln Q(z) with Q the upper tail, so that no tail underflows.
/// </summary>
public static class Normal
{
    private const double HalfLogTwoPi = 0.918938533204672741780;

    /// <summary>Beyond this z the tail is taken from its continued fraction.</summary>
    private const double FarTail = 5;

    /// <summary>The z with P(Z ≤ z) = p, for 0 &lt; p &lt; 1, to about 1e-16 relative.</summary>
    /// <remarks>Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477, routine PPND16.</remarks>
    public static double Quantile(double p)
    {
        double q = p - 0.5;
        return Math.Abs(q) <= CentralHalfWidth ? Centre(q)
            : q < 0 ? -Tail(Math.Sqrt(-Math.Log(p)))
            : Tail(Math.Sqrt(-Math.Log(1 - p)));
    }

    /// <summary>φ(z) / Q(z).</summary>
    public static double Hazard(double z) => z > FarTail ? FarHazard(z) : Density(z) / UpperTail(z);

    /// <summary>−ln Q(z), for any z.</summary>
    public static double CumulativeHazard(double z) =>
        z > FarTail ? 0.5 * z * z + HalfLogTwoPi + Math.Log(FarHazard(z))
        : z > 0 ? -Math.Log(UpperTail(z))
        : -Law.LogOnePlus(-LowerTail(z));

    /// <summary>The z with −ln Q(z) = y, for y &gt; 0: a quantile that keeps its digits at both ends.</summary>
    public static double InverseCumulativeHazard(double y)
    {
        double p = -Law.ExpMinusOne(-y);
        double q = p - 0.5;
        return Math.Abs(q) <= CentralHalfWidth ? Centre(q)
            : q < 0 ? -Tail(Math.Sqrt(-Math.Log(p)))
            : Tail(Math.Sqrt(y));
    }

    private static double Density(double z) => Math.Exp(-0.5 * z * z - HalfLogTwoPi);

    private static double LowerTail(double z) => z < -FarTail ? Density(z) / FarHazard(-z) : UpperTail(-z);

    private static double UpperTail(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);

    /// <summary>
    /// Laplace's continued fraction z + 1/(z + 2/(z + 3/…)) (Abramowitz and Stegun 26.2.14); 40 terms give every digit
    /// from z = 5.
    /// </summary>
    private static double FarHazard(double z)
    {
        double fraction = z;
        for (int k = 40; k > 0; k--)
        {
            fraction = z + k / fraction;
        }
        return fraction;
    }

    private const double CentralHalfWidth = 0.425;

    /// <summary>The quantile at probability ½ + q.</summary>
    private static double Centre(double q)
    {
        double r = CentralHalfWidth * CentralHalfWidth - q * q;
        double numerator =
            ((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r
            + 4.5921953931549871457e+4) * r + 1.3731693765509461125e+4) * r + 1.9715909503065514427e+3) * r
            + 1.3314166789178437745e+2) * r + 3.3871328727963666080;
        double denominator =
            ((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r
            + 2.1213794301586595867e+4) * r + 5.3941960214247511077e+3) * r + 6.8718700749205790830e+2) * r
            + 4.2313330701600911252e+1) * r + 1;
        return q * numerator / denominator;
    }

    /// <summary>The z whose upper tail is exp(−root²).</summary>
    private static double Tail(double root)
    {
        double numerator, denominator;
        if (root <= 5)
        {
            double r = root - 1.6;
            numerator =
                ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r
                + 4.63033784615654529590) * r + 1.42343711074968357734;
            denominator =
                ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
                + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r
                + 2.05319162663775882187) * r + 1;
        }
        else if (root <= 27)
        {
            double r = root - 5;
            numerator =
                ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
                + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r
                + 5.46378491116411436990) * r + 6.65790464350110377720;
            denominator =
                ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
                + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                + 5.99832206555887937690e-1) * r + 1;
        }
        else
        {
            return BeyondTail(root * root);
        }
        return numerator / denominator;
    }

    /// <summary>
    /// Newton on the hazard where AS 241 ends (tails below 1e-316): convex and nearly z²/2, so three steps are plenty.
    /// </summary>
    private static double BeyondTail(double y)
    {
        double z = Math.Sqrt(2 * y);
        for (int step = 0; step < 4; step++)
        {
            z += (y - CumulativeHazard(z)) / FarHazard(z);
        }
        return z;
    }
}
