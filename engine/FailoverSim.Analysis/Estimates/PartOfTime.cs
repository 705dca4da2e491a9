using FailoverSim.Analysis.Tables;

namespace FailoverSim.Analysis.Estimates;

/// <summary>
/// A part of the observed time, such as the down time of one cause: the interval of <see cref="AvailabilityInterval"/> with
/// replications as units, since outages that share their causes are no units of any one of them.
/// </summary>
public static class PartOfTime
{
    private const int FewReplications = 20;

    public static Estimate Of(ServiceTotals totals, ReplicationSum part, double level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        ArgumentNullException.ThrowIfNull(part);
        if (totals.Replications == 0)
        {
            return new Estimate(null, null, null, level, "none", 0);
        }
        var cautions = (part.Positive <= 1 ? Cautions.LowInformation : 0)
            | (part.Positive < FewReplications ? Cautions.FewOutages : 0)
            | (totals.Replications == 1 ? Cautions.OneReplication : 0);
        double share = (double)part.Total / (double)totals.Exposure;
        if (totals.Replications < 2 || part.Variance(totals.Replications) is not > 0)
        {
            return AvailabilityInterval.Unseen(share, totals.Replications, level, cautions);
        }
        return AvailabilityInterval.ByReplications(totals, part, level, cautions);
    }
}
