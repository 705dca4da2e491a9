using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>What the outages of a service began with, in three lines of shares; each line sums to 100 % of the down time.</summary>
public static class AttributionText
{
    private const int Named = 4;

    /// <summary>Parts below a thousandth are told with the others.</summary>
    private const int NegligibleIsOneIn = 1000;

    /// <summary>Lines without indentation; none where no fault ever let another one through, and the causes say all.</summary>
    public static IReadOnlyList<string> Lines(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        AttributionTotals attribution = totals.Attribution;
        ResultNames names = totals.Names;
        int nothing = names.Causes.Count;
        if (totals.Down == 0 || attribution.ByEnabler[nothing].DownTime.Total == totals.Down || attribution.ByCombination.Count == 0)
        {
            return [];
        }
        return
        [
            $"  tipped over by  {Shares(attribution.ByRoot.Select((part, i) => (names.Causes[i], part)), totals.Down)}",
            $"  let through by  {Shares(attribution.ByEnabler.Select((part, i) => (EnablerName(names, i), part)), totals.Down)}",
            $"  began with      {Shares(attribution.ByCombination.Select(pair => (pair.Key.Name(names), pair.Value)), totals.Down)}",
        ];
    }

    private static string EnablerName(ResultNames names, int index) =>
        index < names.Causes.Count ? names.Causes[index] : index == names.Causes.Count ? "nothing" : "others";

    /// <summary>The largest parts, and the others in one.</summary>
    private static string Shares(IEnumerable<(string Name, OutagePart Part)> parts, Int128 totalTime)
    {
        List<(string Name, Int128 Time)> found =
        [
            .. parts.Select(part => (part.Name, Time: part.Part.DownTime.Total))
                .Where(part => part.Time > 0)
                .OrderByDescending(part => part.Time), // stable: ties stay in the order of the names
        ];
        int named = Math.Min(found.Count(part => part.Time * NegligibleIsOneIn >= totalTime), found.Count > Named ? Named - 1 : Named);
        if (named < found.Count - 1)
        {
            Int128 others = 0;
            foreach ((_, Int128 time) in found[named..])
            {
                others += time;
            }
            found = [.. found[..named], ($"{found.Count - named} others", others)];
        }
        int[] permille = DowntimeText.Apportion([.. found.Select(part => part.Time)], 1000);
        return string.Join(", ", found.Select((part, i) => $"{part.Name} {DowntimeText.Percent(permille[i])}"));
    }
}
