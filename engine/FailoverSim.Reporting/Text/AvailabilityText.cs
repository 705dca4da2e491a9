using System.Globalization;
using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Reporting.Text;

/// <summary>Availability in words that claim no more than the interval supports.</summary>
public static class AvailabilityText
{
    private const int MostDecimals = 12;

    /// <summary>
    /// A percentage with only those decimals whose unit is no smaller than the interval is wide, cut off and never rounded
    /// up: three outages do not make <c>99.99999 %</c>. Without a point estimate, the lower bound alone: <c>&gt; 99.7 %</c>.
    /// </summary>
    public static string Percent(Estimate unavailability)
    {
        ArgumentNullException.ThrowIfNull(unavailability);
        if (unavailability.High is not { } high)
        {
            return "unknown";
        }
        if (unavailability.Value is not { } value)
        {
            return $"> {Cut(high, Decimals(high) + 1)} %"; // one digit more: a bound claims nothing beyond itself
        }
        return $"{Cut(value, Decimals(high - (unavailability.Low ?? 0)))} %";
    }

    /// <summary>
    /// −log₁₀ of the unavailability with its interval, cut off: <c>3.4 (3.2 – 3.6)</c>; two decimals where the interval is narrow.
    /// </summary>
    public static string Nines(Estimate unavailability)
    {
        ArgumentNullException.ThrowIfNull(unavailability);
        if (unavailability.Value is { } value && unavailability.Low is { } best)
        {
            bool narrow = best > 0 && unavailability.High is { } high && Math.Log10(high / best) < 0.1;
            int decimals = narrow ? 2 : 1;
            return $"{Nines(value, decimals)} ({Nines(unavailability.High, decimals)} – {Nines(best, decimals)})";
        }
        return $"> {Nines(unavailability.High, 1)}";
    }

    private static string Nines(double? unavailability, int decimals)
    {
        double unit = Math.Pow(10, -decimals);
        return unavailability is null ? "?"
            : unavailability <= 0 ? "∞"
            : Math.Max(0, Math.Floor(-Math.Log10(unavailability.Value) / unit) * unit)
                .ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    private static int Decimals(double width) =>
        width <= 0 ? MostDecimals : Math.Clamp((int)Math.Floor(-Math.Log10(100 * width)), 0, MostDecimals);

    // In decimal: 100 − 100 U in binary would turn 99.9 into 99.89999.
    private static string Cut(double unavailability, int decimals)
    {
        decimal percent = 100 - 100 * (decimal)unavailability;
        decimal unit = 1;
        for (int i = 0; i < decimals; i++)
        {
            unit /= 10;
        }
        return (Math.Floor(percent / unit) * unit).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
