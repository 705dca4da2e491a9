using System.Globalization;
using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>The warning that losses which nobody saw may weigh more than the interval says.</summary>
public static class UnseenText
{
    private const int Named = 3;
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>One sentence for all services of which the same must be said.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<UnseenLosses> unseen, ResultNames names, double years)
    {
        ArgumentNullException.ThrowIfNull(unseen);
        ArgumentNullException.ThrowIfNull(names);
        return
        [
            .. unseen.Where(losses => losses.IsUnresolved)
                .GroupBy(losses => Sentence(losses, names, years))
                .Select(alike => $"UNRESOLVED: {string.Join(", ", alike.Select(losses => names.Services[losses.Service]))}: {alike.Key} "
                    + $"to the upper end{(alike.Skip(1).Any() ? " of each" : "")}, "
                    + $"{string.Join(", ", alike.Select(losses => HumanUnits.Number(losses.UpperEnd * MinutesPerYear)))}: simulate more years"),
        ];
    }

    private static string Sentence(UnseenLosses losses, ResultNames names, double years)
    {
        string kinds = string.Join(", ", losses.Unseen.Take(Named).Select(loss => loss.Kinds.Name(names)));
        return $"losses by {kinds}{More(losses.Unseen.Count - Named)} were not seen in {HumanUnits.Count((long)Math.Round(years))} years; "
            + $"forced, they last at most {HumanUnits.Duration(losses.Unseen[0].ForcedSeconds)} on average, so together they may add up to "
            + $"{HumanUnits.Number(losses.Unavailability * MinutesPerYear)} min a year (95 %)";
    }

    private static string More(int count) => count <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {count} more kinds");
}
