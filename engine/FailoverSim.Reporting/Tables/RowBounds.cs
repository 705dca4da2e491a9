using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Tables;

/// <summary>Whether the numbers of a row can be those of a replication, so that whatever is computed of them can be computed.</summary>
internal static class RowBounds
{
    /// <summary>More than can be counted in any replication, and few enough that the sum over all of a run is a <c>long</c>.</summary>
    private const long MostCounted = 1_000_000_000_000;

    /// <summary>Instants are told from t = 0, which is before the horizon by a warm-up.</summary>
    private const long MostNanoseconds = long.MaxValue / 2;

    public static bool Hold(ServiceRow row)
    {
        if (row.UpNanoseconds < 0 || row.DownNanoseconds < 0 || row.UpNanoseconds > long.MaxValue - row.DownNanoseconds)
        {
            return false;
        }
        long horizon = row.UpNanoseconds + row.DownNanoseconds;
        return horizon > 0
            && SumTo(row.DownByCause, row.DownNanoseconds)
            && SumTo(row.DownByStage, row.DownNanoseconds)
            && row.FailoverNanoseconds >= 0 && row.FailoverNanoseconds <= row.DownNanoseconds
            && row.FirstOutageAfter >= -1 && row.FirstOutageAfter <= horizon
            && (row.LostRequestNanoseconds is not { } lost || (lost >= 0 && lost <= horizon))
            && row.Counts.All(count => count is >= 0 and <= MostCounted)
            && row.MemberOutages is >= 0 and <= MostCounted
            && row.Members.All(member => member.DownNanoseconds <= horizon && member.OutageCount <= MostCounted && member.LostRequestNanoseconds <= horizon)
            && row.CombinationKinds.Count == row.Combinations.Count
            && row.Combinations.All(share => share.Outages <= MostCounted)
            && row.SloLongestOutages.All(longest => longest is null || longest <= horizon)
            && PartsHold(row, horizon)
            && OutagesHold(row, horizon);
    }

    private static bool OutagesHold(ServiceRow row, long horizon)
    {
        if (row.OutageCount is < 0 or > MostCounted || row.LongestOutage < 0 || row.LongestOutage > row.DownNanoseconds
            || row.SquaredDurations > (UInt128)row.LongestOutage * (UInt128)row.LongestOutage * (UInt128)row.OutageCount
            || row.OutageCauses.Count != row.Outages.Count || row.OutageStages.Count != row.Outages.Count)
        {
            return false;
        }
        long previous = 0;
        foreach (Outage outage in row.Outages)
        {
            if (outage.Start < previous || outage.Start > MostNanoseconds || outage.Duration > horizon)
            {
                return false;
            }
            previous = outage.Start;
        }
        for (int i = 0; i < row.Outages.Count; i++)
        {
            foreach (CauseShare share in row.OutageCauses[i])
            {
                if (share.Role is < 0 or > (CauseRole.Root | CauseRole.Enabler))
                {
                    return false;
                }
            }
        }
        return row.Histogram is { } histogram
            ? row.Outages.Count <= row.OutageCount && SumTo(histogram.Values, row.OutageCount)
            : row.Outages.Count == row.OutageCount;
    }

    private static bool PartsHold(ServiceRow row, long horizon)
    {
        for (int slo = 0; slo < row.SloParts.Count; slo++)
        {
            Int128 down = 0;
            foreach (WindowPart part in row.SloParts[slo])
            {
                down += part.DownNanoseconds;
            }
            if (down > horizon)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether no part is negative, and all make up the whole.</summary>
    public static bool SumTo(IEnumerable<long> parts, Int128 whole)
    {
        Int128 sum = 0;
        foreach (long part in parts)
        {
            if (part < 0)
            {
                return false;
            }
            sum += part;
        }
        return sum == whole;
    }
}
