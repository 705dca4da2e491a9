using System.Globalization;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Durations as people say them. A year is 365 days, as everywhere in the project.</summary>
internal static class HumanTime
{
    public const double Minute = 60;
    public const double Hour = 3600;
    public const double Day = 86_400;
    public const double Year = 365 * Day;

    private static (double Seconds, string Name)[] Units => HumanUnits.Units;

    /// <summary>Two or three significant digits in the largest unit of which there is at least one: <c>5.3 min</c>,
    /// <c>41 d</c>.</summary>
    public static string Rounded(double seconds)
    {
        if (double.IsNaN(seconds) || seconds == 0)
        {
            return double.IsNaN(seconds) ? "?" : "0";
        }
        if (seconds < 0)
        {
            return "−" + Rounded(-seconds);
        }
        return HumanUnits.Duration(seconds);
    }

    /// <summary>Four significant digits in the largest unit of which there is one: for a place where there is room.</summary>
    public static string Precise(double seconds)
    {
        if (seconds == 0 || !double.IsFinite(seconds))
        {
            return Rounded(seconds);
        }
        (double unit, string name) = Units.FirstOrDefault(u => Math.Abs(seconds) >= u.Seconds, Units[^1]);
        double amount = Math.Abs(seconds) / unit;
        double power = Math.Pow(10, Math.Floor(Math.Log10(amount)) - 3);
        string digits = (power >= 1 ? Math.Round(amount) : Math.Round(amount / power) * power).ToString("0.###", CultureInfo.InvariantCulture);
        return $"{(seconds < 0 ? "−" : "")}{digits} {name}";
    }

    /// <summary>An exact round value for a tick: <c>90 s</c> is <c>1 min 30 s</c>. At most two units.</summary>
    public static string Tick(double seconds)
    {
        if (seconds == 0)
        {
            return "0";
        }
        if (seconds < 0)
        {
            return "−" + Tick(-seconds);
        }
        int first = Array.FindIndex(Units, u => seconds >= u.Seconds * (1 - 1e-9));
        // Fractions below a second read better as a decimal of one unit.
        if (first < 0 || Units[first].Seconds <= 1)
        {
            (double unit, string name) = first < 0 ? Units[^1] : Units[first];
            return $"{(seconds / unit).ToString("0.######", CultureInfo.InvariantCulture)} {name}";
        }
        double whole = Math.Floor(seconds / Units[first].Seconds * (1 + 1e-12));
        double rest = seconds - whole * Units[first].Seconds;
        string text = $"{whole.ToString("0", CultureInfo.InvariantCulture)} {Units[first].Name}";
        double below = Math.Round(rest / Units[first + 1].Seconds, 6);
        return below == 0
            ? text
            : $"{text} {below.ToString("0.###", CultureInfo.InvariantCulture)} {Units[first + 1].Name}";
    }

    /// <summary>An instant as years, days and a clock, for one place in a text: <c>3 y 41 d 07:12:03</c>.</summary>
    public static string Instant(long nanoseconds)
    {
        long seconds = Math.DivRem(nanoseconds, 1_000_000_000, out long fraction);
        long days = Math.DivRem(seconds, 86_400, out long ofDay);
        long years = Math.DivRem(days, 365, out long day);
        string clock = string.Create(CultureInfo.InvariantCulture,
            $"{ofDay / 3600:00}:{ofDay / 60 % 60:00}:{ofDay % 60:00}");
        string digits = fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        string decimals = fraction == 0 ? "" : "." + digits;
        string date = years > 0 ? $"{years} y {day} d " : day > 0 ? $"{day} d " : "";
        return date + clock + decimals;
    }
}
