using System.Globalization;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>How far a service is from an outage, in one line of shares of time.</summary>
public static class MarginText
{
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
            .Select(part => $"{Name(part.faults, totals.Margin.Count - 1)} {Percent(part.Share)}");
        return [$"  faults away from a loss, by share of time: {string.Join(", ", parts)}"];
    }

    private static string Name(int distance, int last) => distance == 0
        ? "0 or down"
        : string.Create(CultureInfo.InvariantCulture, $"{distance}{(distance == last ? " or more" : "")}");

    private static string Percent(double share) => share is < 0.001 ? "below 0.1 %" : share.ToString("P1", CultureInfo.InvariantCulture);
}
