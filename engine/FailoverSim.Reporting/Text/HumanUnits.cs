using System.Globalization;

namespace FailoverSim.Reporting.Text;

/// <summary>Numbers as people say them: <c>5.3 min</c>, <c>1.2 d</c>, <c>40 000 y</c>.</summary>
public static class HumanUnits
{
    private static readonly (double Seconds, string Name)[] Units =
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
            // From 0.9995 on it would be printed as 1 of this unit anyway.
            if (seconds >= 0.9995 * unit || unit == 1e-9)
            {
                return $"{Digits(seconds / unit)} {name}";
            }
        }
        throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A duration in seconds cannot be NaN.");
    }

    /// <summary>A plain number: three significant digits at most, groups of three, powers of ten when very small.</summary>
    public static string Number(double value) =>
        value == 0 ? "0"
        : Math.Abs(value) < 0.001 ? Power(value)
        : Math.Abs(value) < 1 ? value.ToString("G2", CultureInfo.InvariantCulture)
        : Digits(value);

    /// <summary>A share of one in percent.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.01
            ? $"{Number(share * 100)} %"
            : string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0} %");

    /// <summary>low – high, the unit said once where both share it.</summary>
    public static string Range(string low, string high)
    {
        int unit = low.LastIndexOf(' ');
        return unit >= 0 && !char.IsAsciiDigit(low[^1]) && high.EndsWith(low[unit..], StringComparison.Ordinal)
            ? $"{low[..unit]} – {high}"
            : $"{low} – {high}";
    }

    private static string Digits(double value) =>
        Math.Abs(value) < 9.95 ? value.ToString("0.#", CultureInfo.InvariantCulture)
        : value.ToString("#,0", Grouped);

    private static string Power(double value)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        string mantissa = (value / Math.Pow(10, exponent)).ToString("0.#", CultureInfo.InvariantCulture);
        return mantissa == "10" ? $"1e{exponent + 1}" : $"{mantissa}e{exponent}";
    }
}
