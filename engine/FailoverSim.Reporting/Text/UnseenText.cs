using System.Globalization;
using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>The warning that losses which nobody saw may weigh more than the interval says.</summary>
public static class UnseenText
{
    private const int Named = 3;
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>One sentence for each service of which that must be said.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<UnseenLosses> unseen, ResultNames names, double years)
    {
        ArgumentNullException.ThrowIfNull(unseen);
        ArgumentNullException.ThrowIfNull(names);
        return [.. unseen.Where(losses => losses.IsUnresolved).Select(losses => Warning(losses, names, years))];
    }

    private static string Warning(UnseenLosses losses, ResultNames names, double years)
    {
        string kinds = string.Join(", ", losses.Unseen.Take(Named).Select(loss => loss.Kinds.Name(names)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"UNRESOLVED: {names.Services[losses.Service]}: losses by {kinds}{More(losses.Unseen.Count - Named)} were not seen in {years:N0} years; ")
            + $"forced, they last at most {HumanUnits.Duration(losses.Unseen[0].ForcedSeconds)} on average, so together they may add up to "
            + $"{HumanUnits.Number(losses.Unavailability * MinutesPerYear)} min a year (95 %) to the {HumanUnits.Number(losses.UpperEnd * MinutesPerYear)} "
            + "of the upper end: simulate more years";
    }

    private static string More(int count) => count <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {count} more kinds");
}
