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
        double ratio = (LeastPrecise()?.Within ?? 0) / wanted.Within;
        double most = ratio * ratio * Replications;
        return double.IsFinite(most) && most < 1e15 ? Math.Min((long)most + 1, Run.GiveUpAfterReplications) : null;
    }

    /// <summary>
    /// Of the services that the stopping rule names the one that is known least precisely, and half the width of its interval as a share of
    /// its unavailability (infinite while nothing is known); null without such a rule.
    /// </summary>
    public (ServiceTotals Service, double Within)? LeastPrecise()
    {
        if (Run.StopWhen is not { } wanted)
        {
            return null;
        }
        return Totals.Where(totals => wanted.Services.Contains(totals.Names.Services[totals.Service]))
            .Select(totals => ((ServiceTotals, double)?)(totals, Within(AvailabilityInterval.Unavailability(totals, wanted.Level))))
            .MaxBy(service => service!.Value.Item2);

        static double Within(Estimate estimate) => estimate.Value is > 0 and { } value ? estimate.HalfWidth / value : double.PositiveInfinity;
    }
}
