using System.Globalization;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>A mark of an axis.</summary>
/// <remarks><c>Label</c>: null for a minor tick, which is a fine line without words. <c>SubLabel</c>: the same value in
/// another unit, in a second line.</remarks>
internal readonly record struct Tick(double Value, string? Label = null, string? SubLabel = null);

/// <summary>Round values for linear and logarithmic axes of plain numbers.</summary>
internal static class Ticks
{
    /// <summary>More would be a line and no marks.</summary>
    private const int MostMultiples = 1000;

    /// <summary>Steps of 1, 2 or 5 times a power of ten, the largest that gives at least <paramref name="atLeast"/>
    /// intervals.</summary>
    public static double Step(double span, int atLeast)
    {
        double rough = span / atLeast;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough) + 1e-9));
        double mantissa = rough / power;
        return power * (mantissa >= 5 - 1e-9 ? 5 : mantissa >= 2 - 1e-9 ? 2 : 1);
    }

    /// <summary>Multiples of a step within [low, high].</summary>
    public static IEnumerable<double> Multiples(double low, double high, double step)
    {
        double first = Math.Ceiling(low / step - 1e-9);
        double last = Math.Floor(high / step + 1e-9);
        // Counted, and not for ever: from 2^53 on the next whole number is the same.
        for (int i = 0; i <= Math.Min(last - first, MostMultiples); i++)
        {
            yield return (first + i) * step + 0.0; // never −0
        }
    }

    public static IReadOnlyList<Tick> Linear(double low, double high, int atLeast, string unit = "")
    {
        double step = Step(high - low, atLeast);
        return [.. Multiples(low, high, step).Select(v => new Tick(v, Plain(v, step) + unit))];
    }

    /// <summary>The values m·10^k within [low, high] for each of the mantissas.</summary>
    public static IEnumerable<double> Decades(double low, double high, params double[] mantissas)
    {
        for (int k = (int)Math.Floor(Math.Log10(low)) - 1; k <= (int)Math.Ceiling(Math.Log10(high)); k++)
        {
            foreach (double m in mantissas)
            {
                // Written out and read back, so that 1e-9 is the double that 1e-9 means.
                double value = double.Parse(string.Create(CultureInfo.InvariantCulture, $"{m}e{k}"),
                    CultureInfo.InvariantCulture);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                {
                    yield return value;
                }
            }
        }
    }

    /// <summary>Labelled powers of ten and unlabelled 2 to 9 between them; over fewer than two decades 1-2-5
    /// labelled.</summary>
    public static IReadOnlyList<Tick> Log(double low, double high, Func<double, string> label)
    {
        List<double> major = [.. Decades(low, high, 1)];
        if (major.Count < 3)
        {
            major = [.. Decades(low, high, 1, 2, 5)];
        }
        IEnumerable<double> minor = Decades(low, high, 2, 3, 4, 5, 6, 7, 8, 9).Except(major);
        return [.. major.Select(v => new Tick(v, label(v))), .. minor.Select(v => new Tick(v))];
    }

    private static string Plain(double value, double step)
    {
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return value.ToString("F" + Math.Min(15, decimals).ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
    }
}
