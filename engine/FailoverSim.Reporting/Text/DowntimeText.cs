using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>Where the down time of a service goes, in a few lines: by cause and, beside it, by stage; shares sum to 100 %.</summary>
public static class DowntimeText
{
    private const int Named = 4;
    private const double NanosecondsPerMinute = 60e9;
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>Lines without indentation; none where no outage was seen.</summary>
    public static IReadOnlyList<string> Lines(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        if ((totals.Outages == 0 && totals.MemberOutages.Total == 0) || totals.Down == 0)
        {
            return [];
        }
        double years = (double)totals.Exposure / NanosecondsPerMinute / MinutesPerYear;
        List<string> causes = Cells(totals.DownByCause, totals.Names.Causes, years);
        List<string> stages = Cells(totals.DownByStage, totals.Names.Stages, years);
        int width = causes.Max(cell => cell.Length);
        List<string> lines = [Head(totals, years)];
        for (int i = 0; i < Math.Max(causes.Count, stages.Count); i++)
        {
            string left = (i < causes.Count ? causes[i] : "").PadRight(width);
            lines.Add($"  {left}     {(i < stages.Count ? stages[i] : "")}".TrimEnd());
        }
        return lines;
    }

    private static string Head(ServiceTotals totals, double years)
    {
        string service = totals.Names.Services[totals.Service];
        int[] permille = Apportion([totals.FailoverTime.Total, totals.LossTime.Total], 1000);
        return $"{service}, minutes down a year by cause and by stage; "
            + $"failover {Minutes(totals.FailoverTime.Total, years)} ({Percent(permille[0])}), "
            + $"loss {Minutes(totals.LossTime.Total, years)} ({Percent(permille[1])}):";
    }

    /// <summary>The largest parts, and the others in one.</summary>
    private static List<string> Cells(IReadOnlyList<ReplicationSum> parts, IReadOnlyList<string> names, double years)
    {
        List<(string Name, Int128 Time)> found =
        [
            .. parts.Select((part, i) => (Name: names[i], Time: part.Total))
                .Where(part => part.Time > 0)
                .OrderByDescending(part => part.Time), // stable: ties stay in the order of the names
        ];
        if (found.Count > Named)
        {
            Int128 others = 0;
            foreach ((_, Int128 time) in found[(Named - 1)..])
            {
                others += time;
            }
            found = [.. found[..(Named - 1)], ($"{found.Count - Named + 1} others", others)];
        }
        int[] permille = Apportion([.. found.Select(part => part.Time)], 1000);
        string[] minutes = [.. found.Select(part => Minutes(part.Time, years))];
        int nameWidth = found.Max(part => part.Name.Length);
        int minuteWidth = minutes.Max(text => text.Length);
        return
        [
            .. found.Select((part, i) =>
                $"{part.Name.PadRight(nameWidth)}  {minutes[i].PadLeft(minuteWidth)}  {Percent(permille[i]),7}"),
        ];
    }

    /// <summary>Whole parts that sum to the whole exactly: those with the largest remainders are rounded up.</summary>
    internal static int[] Apportion(IReadOnlyList<Int128> parts, int whole)
    {
        Int128 sum = 0;
        foreach (Int128 part in parts)
        {
            sum += part;
        }
        int[] shares = [.. parts.Select(part => (int)(part * whole / sum))];
        int left = whole - shares.Sum();
        foreach (int index in Enumerable.Range(0, parts.Count).OrderByDescending(i => parts[i] * whole % sum).Take(left))
        {
            shares[index]++;
        }
        return shares;
    }

    private static string Minutes(Int128 nanoseconds, double years) =>
        HumanUnits.Number((double)nanoseconds / NanosecondsPerMinute / years);

    internal static string Percent(int permille) => $"{permille / 10}.{permille % 10} %";
}
