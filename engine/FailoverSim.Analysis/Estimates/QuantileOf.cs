using MathNet.Numerics;

namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// Quantiles of the laws that intervals are made of. MathNet.Numerics agrees with an independent series and continued fraction
/// to 1e-9 in probability (measured: t with 1 … 1e5 degrees, gamma with shapes 0.3 … 1e5); both lose digits slowly beyond.
/// </summary>
public static class QuantileOf
{
    /// <summary>Above it Student's t differs from the normal by less than 3e-6, relatively.</summary>
    private const double ManyDegrees = 1e6;

    public static double Normal(double p) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p);

    public static double StudentT(double degrees, double p) =>
        degrees > ManyDegrees ? Normal(p) : MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degrees, p);

    public static double ChiSquare(double degrees, double p) => 2 * Gamma(degrees / 2, p);

    /// <summary>Of the gamma law with the given shape and scale 1. Shapes below 0.3 never occur here and are refused.</summary>
    public static double Gamma(double shape, double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape, 0.3);
        return SpecialFunctions.GammaLowerRegularizedInv(shape, p);
    }

    /// <summary>P(X ≤ k) for X binomial (n, p).</summary>
    public static double BinomialCdf(long n, double p, long k) =>
        k < 0 ? 0 : k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1.0, 1 - p);

    /// <summary>The two-sided quantile of Student's t: 1.96 at 95 % and many degrees.</summary>
    internal static double TwoSidedT(double degrees, double level) => StudentT(degrees, (1 + level) / 2);
}
