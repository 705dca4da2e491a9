using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What a run can tell while it goes on.</summary>
/// <param name="Variant">Which variant is being run.</param>
/// <param name="Run">What was asked for.</param>
/// <param name="Maximum">It never takes more replications.</param>
/// <param name="Totals">By service, over the complete prefix.</param>
public sealed record RunProgress(string Variant, RunSpec Run, long Maximum, IReadOnlyList<ServiceTotals> Totals)
{
    /// <summary>Complete so far.</summary>
    public long Replications => Totals[0].Replications;

    /// <summary>
    /// How many replications it will probably take; null while that is unknown. Half-widths shrink like the square root of
    /// the replications: how many will the least precise service need?
    /// </summary>
    public long? Expected()
    {
        if (Run.StopWhen is not { } wanted)
        {
            return Run.Replications;
        }
        double most = 0;
        foreach (ServiceTotals service in Totals.Where(t => wanted.Services.Contains(t.Names.Services[t.Service])))
        {
            Estimate estimate = AvailabilityInterval.Unavailability(service, wanted.Level);
            double ratio = estimate.HalfWidth / (wanted.Within * estimate.Value ?? 0);
            most = Math.Max(most, ratio * ratio * service.Replications);
        }
        return double.IsFinite(most) && most < 1e15 ? Math.Min((long)most + 1, Run.GiveUpAfterReplications) : null;
    }
}
