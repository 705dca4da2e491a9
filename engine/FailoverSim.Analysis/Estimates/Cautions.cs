namespace FailoverSim.Analysis.Estimates;

/// <summary>What to bear in mind when reading an interval.</summary>
[Flags]
public enum Cautions
{
    None = 0,

    /// <summary>No outage, or one.</summary>
    LowInformation = 1,

    /// <summary>Fewer than 20 outages; of a figure over others, fewer than 20 replications in which it was down.</summary>
    FewOutages = 2,

    /// <summary>Squared coefficient of variation above 4 with fewer than 200 outages.</summary>
    HeavyTail = 4,

    /// <summary>One outage makes up more than a quarter of the down time.</summary>
    OneOutageDominates = 8,

    /// <summary>More outages together than chance would have it.</summary>
    Clustered = 16,

    /// <summary>A single replication: nothing shows whether outages are independent.</summary>
    OneReplication = 32,

    /// <summary>Durations from the histogram of a row that no longer lists all of its outages (relative error at most 0.4 %).</summary>
    Histogram = 64,

    /// <summary>Losses that the structure allows and nobody saw may add up to more than a tenth of the upper bound.</summary>
    Unresolved = 128,
}

public static class CautionNames
{
    private static readonly (Cautions Flag, string Name, string Words)[] All =
    [
        (Cautions.LowInformation, "low-information", "at most one outage was seen: the interval rests on very little"),
        (Cautions.FewOutages, "few-outages", "fewer than 20 outages: simulate more to narrow the interval"),
        (Cautions.HeavyTail, "heavy-tail",
            "durations vary widely and there are few: the interval may be optimistic by several percent of coverage"),
        (Cautions.OneOutageDominates, "one-outage-dominates", "one outage makes up more than a quarter of the down time"),
        (Cautions.Clustered, "clustered", "outages come in clusters: replications are the units of the interval"),
        (Cautions.OneReplication, "one-replication", "a single replication: nothing shows whether its outages are independent"),
        (Cautions.Unresolved, "unresolved", "losses that were never seen may add up to more than a tenth of the upper bound"),
        (Cautions.Histogram, "histogram", "too many outages to keep each: quantiles are read from buckets, to within 0.4 %"),
    ];

    /// <summary>Names as result files have them, such as <c>few-outages</c>.</summary>
    public static IEnumerable<string> Names(this Cautions cautions) =>
        All.Where(entry => cautions.HasFlag(entry.Flag)).Select(entry => entry.Name);

    /// <summary>A sentence for each.</summary>
    /// <param name="cautions">What to bear in mind.</param>
    /// <param name="isView">Whether it is said of a figure over others, which has no outages of its own to count.</param>
    public static IEnumerable<string> Words(this Cautions cautions, bool isView = false) =>
        All.Where(entry => cautions.HasFlag(entry.Flag)
                // Few is said by "at most one" already.
                && !(entry.Flag == Cautions.FewOutages && cautions.HasFlag(Cautions.LowInformation)))
            .Select(entry => isView && entry.Flag == Cautions.FewOutages
            ? "fewer than 20 replications in which it was down: simulate more to narrow the interval"
            : entry.Words);
}
