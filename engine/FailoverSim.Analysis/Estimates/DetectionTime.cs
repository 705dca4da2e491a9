using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Estimates;

/// <summary>How long the outages of a service wait until somebody notices: its down time in the stage <c>detect</c>, per outage.</summary>
public static class DetectionTime
{
    /// <summary>The stage in which nobody has noticed yet.</summary>
    public const string Stage = "detect";

    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Exact sums of (nanoseconds in the stage, outages) by replication; null where nothing is ever detected, or the service is a level.</summary>
    /// <remarks>Of a view the outages are those of its workloads, whose mean its down time is.</remarks>
    public static RatioMoments? Moments(ResultTable table, int service)
    {
        ArgumentNullException.ThrowIfNull(table);
        int stage = table.Names.Stages.ToList().IndexOf(Stage);
        ServiceView? view = table.Names.ViewOf(service);
        if (stage < 0 || view is { Members: 0 })
        {
            return null;
        }
        RatioMoments moments = new();
        foreach (ServiceRow row in table.RowsOf(service))
        {
            moments.Add(row.DownByStage[stage] * (view?.Members ?? 1), view is null ? row.OutageCount : row.MemberOutages);
        }
        return moments;
    }

    /// <summary>Seconds per outage; without outages there is no value. Null as <see cref="Moments"/>.</summary>
    public static Estimate? PerOutage(ResultTable table, int service, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Moments(table, service) is not { } moments)
        {
            return null;
        }
        ServiceTotals totals = table.Totals(service);
        long outages = (long)moments.Y;
        long units = totals.View is null ? totals.WithOutage : totals.MemberOutages.Positive;
        var bounds = outages == 0 ? null : RatioInterval.LogT(moments, units, level);
        return new Estimate(
            outages == 0 ? null : (double)moments.X / outages / NanosecondsPerSecond,
            bounds?.Low / NanosecondsPerSecond, bounds?.High / NanosecondsPerSecond, level,
            bounds is null ? "none" : "ratio-replications", outages, units < 20 ? Cautions.FewOutages : Cautions.None);
    }
}
