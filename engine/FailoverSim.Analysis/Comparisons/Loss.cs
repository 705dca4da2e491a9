using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>What a service loses, as time.</summary>
public enum Loss
{
    /// <summary>The time that it is down.</summary>
    DownTime,

    /// <summary>The time in which as many requests arrive as it loses.</summary>
    Requests,
}

/// <summary>Losses of a service.</summary>
public static class Losses
{
    /// <summary>From so much more than the down time, lost requests tell something of their own.</summary>
    private const double Telling = 1.1;

    /// <summary>Sums over all replications; the service measures it.</summary>
    public static ReplicationSum Sum(ServiceTotals totals, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return loss == Loss.Requests ? totals.LostRequests! : totals.DownTime;
    }

    /// <summary>The lost part of the observed time; the service measures it.</summary>
    public static Estimate PartOf(ServiceTotals totals, Loss loss, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return loss == Loss.Requests ? PartOfTime.Of(totals, totals.LostRequests!, level) : AvailabilityInterval.Unavailability(totals, level);
    }

    /// <summary>Nanoseconds in one replication.</summary>
    public static long In(ServiceRow row, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(row);
        return loss == Loss.Requests ? row.LostRequestNanoseconds!.Value : row.DownNanoseconds;
    }

    /// <summary>Whether a service loses noticeably more requests than its outages do, as while a dead backend is still in rotation.</summary>
    public static bool TellMore(ServiceTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return totals.LostRequests is { } lost && (double)lost.Total > Telling * (double)totals.Down;
    }
}
