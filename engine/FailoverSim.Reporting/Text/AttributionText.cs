using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>What the outages of a service began with, in a line of shares that sum to 100 % of the down time.</summary>
public static class AttributionText
{
    private const int Named = 4;

    /// <summary>Parts below a thousandth are told with the others.</summary>
    private const int NegligibleIsOneIn = 1000;

    /// <summary>A line without indentation; none where hardly a fault let another one through, and the causes say all.</summary>
    public static IReadOnlyList<string> Lines(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var combinations = totals.Attribution.ByCombination;
        Int128 ofSeveral = 0;
        foreach (OutagePart part in combinations.Where(pair => pair.Key.Faults > 1).Select(pair => pair.Value))
        {
            ofSeveral += part.DownTime.Total;
        }
        return ofSeveral == 0 || ofSeveral * NegligibleIsOneIn < totals.Down
            ? []
            : [$"  outages began with {Shares(combinations.Select(pair => (pair.Key.Name(totals.Names), pair.Value)), totals.Down)}"];
    }

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
