using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Exact sums over the replications of one member of the fleet, such as a workload. Times in nanoseconds.</summary>
public sealed class MemberTotals(MemberName name)
{
    public MemberName Name => name;

    /// <summary>All down time, by replication.</summary>
    public ReplicationSum DownTime { get; } = new();

    /// <summary>Outages that start within the horizon, by replication.</summary>
    public ReplicationSum Outages { get; } = new();

    /// <summary>Requests lost, as the time in which so many arrive; nothing where they are not measured.</summary>
    public ReplicationSum LostRequests { get; } = new();

    /// <summary>Per replication: (Σ duration of the outages that start within the horizon, their number).</summary>
    public RatioMoments DurationsAndOutages { get; } = new();

    public long LongestOutage { get; private set; }

    /// <summary>The members of a variant's fleet, in its order.</summary>
    internal static IReadOnlyList<MemberTotals> Of(ResultTable table)
    {
        MemberTotals[] totals = [.. table.Names.Fleet.Select(name => new MemberTotals(name))];
        foreach (ServiceRow row in table.Rows)
        {
            foreach (MemberRow member in row.Members)
            {
                totals[member.Member].Add(member);
            }
        }
        foreach (MemberTotals member in totals)
        {
            member.DurationsAndOutages.AddZeroes(table.Replications - member.DurationsAndOutages.Count);
        }
        return totals;
    }

    private void Add(MemberRow row)
    {
        DownTime.Add(row.DownNanoseconds);
        Outages.Add(row.OutageCount);
        LostRequests.Add(row.LostRequestNanoseconds);
        DurationsAndOutages.Add(row.DownNanoseconds - row.CarriedInNanoseconds, row.OutageCount);
        LongestOutage = Math.Max(LongestOutage, row.LongestOutage);
    }
}
