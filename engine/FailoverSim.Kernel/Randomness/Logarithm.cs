using System.Runtime.CompilerServices;

namespace FailoverSim.Kernel.Randomness;

/// <summary>
/// The natural logarithm of a number in (0, ∞), off by less than one unit in the last place. Sums, products and quotients alone, in one
/// order: the same bits on every platform.
/// </summary>
/// <remarks>
/// x = 2^k·(1 + f) with 1 + f in [√½, √2); log(1 + f) = 2·artanh(s), s = f/(2 + f), by the minimax polynomial in s² of fdlibm's
/// e_log.c (Sun Microsystems, 1993). Subnormal numbers are not told apart.
/// </remarks>
internal static class Logarithm
{
    /// <summary>log 2 in two parts, the first with zeros enough at its end that any multiple by an exponent is exact.</summary>
    private const double Log2High = 6.93147180369123816490e-01;
    private const double Log2Low = 1.90821492927058770002e-10;

    private const double C1 = 6.666666666666735130e-01;
    private const double C2 = 3.999999999940941908e-01;
    private const double C3 = 2.857142874366239149e-01;
    private const double C4 = 2.222219843214978396e-01;
    private const double C5 = 1.818357216161805012e-01;
    private const double C6 = 1.531383769920937332e-01;
    private const double C7 = 1.479819860511658591e-01;

    private const int FractionBits = 52;
    private const long Bias = 1023;

    /// <summary>The bits of √½, less the exponent bias: what lies from here up to twice as much has k = 0.</summary>
    private const long Offset = 0x3FE6A09E667F3BCD - (Bias << FractionBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double x)
    {
        unchecked
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            long exponent = (long)((ulong)(bits - Offset) >> FractionBits) - Bias;
            double f = BitConverter.Int64BitsToDouble(bits - (exponent << FractionBits)) - 1;
            double k = exponent;
            double s = f / (2 + f);
            double z = s * s;
            double w = z * z;
            double even = Fused(w, Fused(w, C6, C4), C2);
            double odd = Fused(w, Fused(w, Fused(w, C7, C5), C3), C1);
            double half = 0.5 * f * f;
            double rest = Fused(w, even, Fused(z, odd, half));
            return Fused(k, Log2High, f - (half - Fused(s, rest, k * Log2Low)));
        }
    }

    /// <summary>a·b + c, rounded once: by one instruction, or where there is none, by a function with the same result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Fused(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);
}
