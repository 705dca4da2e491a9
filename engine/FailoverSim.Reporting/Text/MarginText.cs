using System.Globalization;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>How many further faults would bring a service down, in one line of times a year.</summary>
public static class MarginText
{
    private const double SecondsPerYear = 365 * 86400;

    /// <summary>A line without indentation; none where the margin is not measured.</summary>
    public static IReadOnlyList<string> Lines(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Margin.Count == 0)
        {
            return [];
        }
        IEnumerable<string> parts = totals.Margin
            .Select((part, faults) => (Share: (double)part.Total / (double)totals.Exposure, faults))
            .Where(part => part.Share > 0)
            .Select(part => $"{Name(part.faults, totals.Margin.Count - 1)} for {HumanUnits.Duration(part.Share * SecondsPerYear)}");
        return [$"  faults away from a loss, in a year: {string.Join(", ", parts)}"];
    }

    private static string Name(int distance, int last) => distance == 0
        ? "down"
        : string.Create(CultureInfo.InvariantCulture, $"{distance}{(distance == last ? " or more" : "")}");
}
