using System.Globalization;

namespace FailoverSim.Reporting.Text;

/// <summary>Numbers as people say them: <c>5.3 min</c>, <c>1.2 d</c>, <c>40 000 y</c>.</summary>
public static class HumanUnits
{
    /// <summary>Units of time, the largest first. A year is 365 days, as everywhere in the project.</summary>
    internal static readonly (double Seconds, string Name)[] Units =
    [
        (365 * 86400.0, "y"), (86400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"),
    ];

    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = " " };

    /// <summary>Two significant digits at least, in the largest unit of which there is one or more.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return "∞";
        }
        if (seconds == 0)
        {
            return "0 s";
        }
        foreach (var (unit, name) in Units)
        {
            // 59.8 s rounds to 1 min, not to 60 s.
            if (seconds >= 0.995 * unit || unit == 1e-9)
            {
                double amount = seconds / unit;
                return amount < 0.01 ? $"< 0.01 {name}" : $"{(amount < 0.995 ? Number(amount) : Digits(amount))} {name}";
            }
        }
        throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A duration in seconds cannot be NaN.");
    }

    /// <summary>A duration and its interval in one unit, with as many decimals as the interval supports: <c>3.86 h (3.79 – 3.93)</c>.</summary>
    public static string Duration(double seconds, double low, double high)
    {
        (double unit, string name) = Units.FirstOrDefault(u => seconds >= 0.9995 * u.Seconds, Units[^1]);
        int decimals = Decimals((high - low) / unit, seconds / unit);
        return $"{Fixed(seconds / unit, decimals)} {name} ({Fixed(low / unit, decimals)} – {Fixed(high / unit, decimals)})";
    }

    /// <summary>A number and its interval, with as many decimals as the interval supports: <c>7.42 (7.38 – 7.46)</c>.</summary>
    public static string Number(double value, double low, double high)
    {
        if (Math.Abs(value) < 0.001)
        {
            return $"{Number(value)} ({Number(low)} – {Number(high)})";
        }
        int decimals = Decimals(high - low, value);
        return $"{Fixed(value, decimals)} ({Fixed(low, decimals)} – {Fixed(high, decimals)})";
    }

    /// <summary>A difference of numbers and its interval, with as many decimals as the interval supports: <c>+0.42 (0.31 – 0.53)</c>.</summary>
    public static string DifferenceOfNumbers(double value, double low, double high, int most)
    {
        int decimals = Math.Min(most, Decimals(high - low, 1));
        bool open = low < 0 && high > 0;
        if (Math.Max(Math.Abs(low), Math.Abs(high)) < 0.5 * Math.Pow(10, -decimals))
        {
            return Fixed(0, decimals); // an interval of zeroes says no more
        }
        return $"{Signed(value, decimals, true)} ({Signed(low, decimals, open)} – {Signed(high, decimals, open)})";
    }

    /// <summary>A plain number: three significant digits at most, groups of three, powers of ten when very small.</summary>
    public static string Number(double value) =>
        value == 0 ? "0"
        : Math.Abs(value) < 0.001 ? Power(value)
        : Math.Abs(value) < 1 ? value.ToString("G2", CultureInfo.InvariantCulture)
        : Digits(value);

    /// <summary>A whole number with all its digits, in groups of three: <c>138 682</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", Grouped);

    /// <summary><c>1 history</c>, <c>1 000 histories</c>.</summary>
    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>A share of one in percent.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.01
            ? $"{Number(share * 100)} %"
            : string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0} %");

    /// <summary>So many that the interval is one or more units of the last place wide, and two significant digits at least.</summary>
    private static int Decimals(double width, double value)
    {
        int supported = width > 0 ? (int)Math.Ceiling(-Math.Log10(width)) : 0;
        int significant = value > 0 ? 1 - (int)Math.Floor(Math.Log10(value)) : 0;
        return Math.Clamp(Math.Max(supported, significant), 0, 9);
    }

    /// <summary>
    /// A difference of durations and its interval in one unit; with a plus where it could be a minus: <c>−0.3 s (−2.1 – +1.5)</c>.
    /// </summary>
    /// <param name="seconds">The difference.</param>
    /// <param name="low">Lower end of its interval.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="alwaysSigned">Whether a plus stands there even if no minus could.</param>
    public static string Difference(double seconds, double low, double high, bool alwaysSigned = false)
    {
        // A difference that may be none is as large as its interval.
        double largest = low < 0 && high > 0 ? Math.Max(-low, high) : Math.Abs(seconds);
        (double unit, string name) = Units.FirstOrDefault(u => largest >= 0.9995 * u.Seconds, Units[^1]);
        int decimals = Decimals((high - low) / unit, largest / unit);
        bool plus = alwaysSigned || low < 0;
        return $"{Signed(seconds / unit, decimals, plus)} {name} ({Signed(low / unit, decimals, plus)} – {Signed(high / unit, decimals, plus)})";
    }

    /// <summary>A number that may be below zero: <c>−0.3</c>, and with a plus above it where both can be.</summary>
    private static string Signed(double value, int decimals, bool plus)
    {
        string digits = Fixed(Math.Abs(value), decimals);
        bool isZero = digits.All(c => c is '0' or '.' or ',');
        return isZero ? digits : value < 0 ? $"−{digits}" : plus ? $"+{digits}" : digits;
    }

    private static string Fixed(double value, int decimals) =>
        value.ToString("#,0" + (decimals > 0 ? "." + new string('0', decimals) : ""), Grouped);

    private static string Digits(double value) =>
        Math.Abs(value) < 9.95 ? value.ToString("0.#", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 1e9 ? Power(value)
        : value.ToString("#,0", Grouped);

    private static string Power(double value)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        string mantissa = (value / Math.Pow(10, exponent)).ToString("0.#", CultureInfo.InvariantCulture);
        return mantissa == "10"
            ? string.Create(CultureInfo.InvariantCulture, $"1e{exponent + 1}")
            : string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}");
    }
}
