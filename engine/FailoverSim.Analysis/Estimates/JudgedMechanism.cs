using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Estimates;

/// <summary>A mechanism that is counted whenever it acts, and once more where it need not have: the victim lived and would have come back.</summary>
/// <param name="Name">Of the counter of all: <c>etcd.elections</c>, <c>lease-hand-overs:vip</c>.</param>
/// <param name="All">Index of that counter.</param>
/// <param name="False">Index of the counter of those that were false.</param>
public sealed record JudgedMechanism(string Name, int All, int False)
{
    private const string Mark = "-false";
    private const double SecondsPerYear = 365 * 86400;

    /// <summary>Those among the counters of a table, in the order of their names.</summary>
    public static IReadOnlyList<JudgedMechanism> Of(IReadOnlyList<string> counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        List<string> names = [.. counters];
        return
        [
            .. from name in names
               let all = AllOf(name)
               where all != name && names.Contains(all)
               orderby all
               select new JudgedMechanism(all, names.IndexOf(all), names.IndexOf(name)),
        ];
    }

    /// <summary><c>lease-hand-overs-false:vip</c> are some of <c>lease-hand-overs:vip</c>; any other counter stands for itself.</summary>
    public static string AllOf(string counter)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Replace(Mark, "", StringComparison.Ordinal);
    }

    /// <summary>Names of those that acted for nothing in some of the tables, the most frequent at its worst first.</summary>
    public static IReadOnlyList<string> WithFalse(IEnumerable<ResultTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return
        [
            .. from table in tables
               from mechanism in Of(table.Names.Counters)
               group table.Count(mechanism.False).Total by mechanism.Name into counts
               where counts.Max() > 0
               orderby counts.Max() descending, counts.Key
               select counts.Key,
        ];
    }

    /// <summary>Those that were needed, by replication: all less the false ones.</summary>
    public ReplicationSum Needed(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        ReplicationSum needed = new();
        foreach (ServiceRow row in table.RowsOf(0)) // Counts belong to no service and stand on the row of the first.
        {
            needed.Add(row.Counts[All] - row.Counts[False]);
        }
        return needed;
    }

    /// <summary>How often a year it was needed.</summary>
    public Estimate NeededPerYear(ResultTable table, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        return OutageEstimates.Frequency(table.Totals(0), Needed(table), level).Times(SecondsPerYear);
    }

    /// <summary>How often a year it acted for nothing.</summary>
    public Estimate FalsePerYear(ResultTable table, double level = Summary.DefaultLevel) => Summary.CountPerYear(table, False, level);
}
