using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures.Tables;

/// <summary>Numbers as the cells of a table hold them.</summary>
internal static class Cells
{
    public const string None = "–";

    /// <summary>With its unit: durations of one column may be seconds and days.</summary>
    public static string Duration(double? seconds) => seconds is { } known ? HumanTime.Rounded(known) : None;

    public static string Number(double? value) => value is { } known ? HumanUnits.Number(known) : None;

    public static string Count(long count) => HumanUnits.Count(count);

    /// <summary>Without the sign, which stands in the head.</summary>
    public static string Percent(double? share) => share is { } known ? Canvas.Share(known)[..^2] : None;

    /// <summary>The availability in percent, with three digits of what is missing to all of it.</summary>
    public static string Availability(double unavailability) => NinesTicks.Percent(Rounded(unavailability))[..^2];

    /// <summary>Budget used in percent.</summary>
    public static string Budget(double? used) => used is { } known ? HumanUnits.Number(100 * known) : None;

    public static string Instant(long nanoseconds) => HumanTime.Instant(nanoseconds);

    private static double Rounded(double value) =>
        double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
