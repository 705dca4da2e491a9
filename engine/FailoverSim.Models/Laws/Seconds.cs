using System.Globalization;

namespace FailoverSim.Models.Laws;

/// <summary>Numbers and durations as the scenario language writes them, to 14 significant digits.</summary>
public static class Seconds
{
    private const string Decimals = "0.############################";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    // From long to short, so that of two equally short texts the longer unit wins: 1h, not 60m.
    private static readonly (string Name, double Length)[] Units =
    [
        ("y", 365 * 86_400.0), ("mo", 365 / 12.0 * 86_400.0), ("w", 7 * 86_400.0), ("d", 86_400),
        ("h", 3_600), ("m", 60), ("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9),
    ];

    /// <summary>A duration in the unit that makes it shortest: 34560000 is "400d", 90 is "90s".</summary>
    /// <param name="seconds">Finite and not negative.</param>
    public static string Text(double seconds)
    {
        Require.NonNegative(seconds, "seconds");
        if (seconds == 0)
        {
            return "0s";
        }
        string shortest = "";
        foreach ((string name, double length) in Units)
        {
            string text = Number(seconds / length) + name;
            // A value far below its unit would lose digits to the decimal type.
            bool isFaithful = seconds >= 1e-9 * length || name == "ns";
            if (isFaithful && (shortest.Length == 0 || text.Length < shortest.Length))
            {
                shortest = text;
            }
        }
        return shortest;
    }

    /// <summary>A plain number: no exponent, no thousands separator, no trailing zeros.</summary>
    public static string Number(double value) =>
        Math.Abs(value) < 1e28
            // Rounding to 14 digits drops the noise of 0.1 + 0.2; the decimal type writes no exponents.
            ? decimal.Parse(value.ToString("G14", Invariant), NumberStyles.Float, Invariant)
                .ToString(Decimals, Invariant)
            : value.ToString("F0", Invariant);

    /// <summary>A share as a percentage: 0.003 is "0.3%".</summary>
    public static string Percent(double share) => Number(100 * share) + "%";
}
