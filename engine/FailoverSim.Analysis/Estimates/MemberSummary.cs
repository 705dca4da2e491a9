using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>What is known of one member of the fleet, such as a workload, with replications as the units of every interval.</summary>
public sealed record MemberSummary
{
    private const double NanosecondsPerSecond = 1e9;
    private const double SecondsPerYear = 365 * 86400;

    public required string Name { get; init; }

    public required string Group { get; init; }

    /// <summary>Fraction of time; a bound without an estimate where no down time was seen.</summary>
    public required Estimate Availability { get; init; }

    /// <summary>In minutes; the image of the availability, but 0 where no down time was seen.</summary>
    public required Estimate DowntimePerYear { get; init; }

    public required Estimate OutagesPerYear { get; init; }

    /// <summary>In seconds; no value where no outage was seen.</summary>
    public required Estimate OutageDuration { get; init; }

    /// <summary>In seconds; null where no outage was seen.</summary>
    public required double? LongestOutage { get; init; }

    /// <summary>Null where requests are not measured.</summary>
    public required Estimate? RequestAvailability { get; init; }

    /// <summary>How many were observed.</summary>
    public required long Replications { get; init; }

    /// <summary>Members in the order of the model.</summary>
    public static IReadOnlyList<MemberSummary> Of(ResultTable table, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Fleet.Select(member => Of(table.Totals(0), member, level))];
    }

    /// <param name="observed">A service of the same variant: all are observed for the same time.</param>
    /// <param name="member">Its sums.</param>
    /// <param name="level">Confidence.</param>
    private static MemberSummary Of(ServiceTotals observed, MemberTotals member, double level)
    {
        Estimate unavailability = PartOfTime.Of(observed, member.DownTime, level);
        return new MemberSummary
        {
            Name = member.Name.Name,
            Group = member.Name.Group,
            Availability = UpShare(observed, member.DownTime, unavailability),
            DowntimePerYear = unavailability.Times(SecondsPerYear / 60),
            OutagesPerYear = OutageEstimates.Frequency(observed, member.Outages, level).Times(SecondsPerYear),
            OutageDuration = Duration(member, level),
            LongestOutage = member.Outages.Total == 0 ? null : member.LongestOutage / NanosecondsPerSecond,
            RequestAvailability = member.Name.MeasuresRequests
                ? UpShare(observed, member.LostRequests, PartOfTime.Of(observed, member.LostRequests, level))
                : null,
            Replications = observed.Replications,
        };
    }

    // From the integers: one minus a small share would lose digits.
    private static Estimate UpShare(ServiceTotals observed, ReplicationSum lost, Estimate share) => share.Complement() with
    {
        Value = lost.Total == 0 ? null : (double)(observed.Exposure - lost.Total) / (double)observed.Exposure,
    };

    private static Estimate Duration(MemberTotals member, double level)
    {
        long outages = (long)member.Outages.Total;
        if (outages == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        RatioMoments moments = member.DurationsAndOutages;
        var bounds = RatioInterval.LogT(moments, member.Outages.Positive, level);
        return new Estimate(
            (double)moments.X / outages / NanosecondsPerSecond,
            bounds?.Low / NanosecondsPerSecond,
            bounds?.High / NanosecondsPerSecond,
            level,
            bounds is null ? "none" : "ratio-replications",
            outages);
    }
}
