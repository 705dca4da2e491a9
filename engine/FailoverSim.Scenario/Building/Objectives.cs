using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>What is required of a service, as what its windows must satisfy.</summary>
internal static class Objectives
{
    public static Objective Of(SloSpec slo, RunSpec run) => slo switch
    {
        WindowSlo { Months: { } zone } months => new Objective(slo.Name, slo.Window, BudgetOf(slo.Window, months), SimDuration.Never)
        {
            Spans =
            [
                .. CalendarMonths.Within(zone, run.Start, SimTime.Zero + run.WarmUp, SimTime.Zero + (run.WarmUp + run.Horizon))
                    .Select(month => new WindowSpan(month.From, month.To, BudgetOf(month.To - month.From, months))),
            ],
        },
        WindowSlo window => new Objective(slo.Name, slo.Window, BudgetOf(slo.Window, window), SimDuration.Never) { Rolls = window.Rolls },
        OutageSlo outage => new Objective(slo.Name, slo.Window, SimDuration.Never, outage.LongerThan),
        _ => throw new ArgumentOutOfRangeException(nameof(slo), slo, "Unknown kind of SLO."),
    };

    /// <summary>Down time that leaves a window of some length at its objective.</summary>
    private static SimDuration BudgetOf(SimDuration window, WindowSlo slo) =>
        new((long)Math.Floor(window.Nanoseconds * (1m - (decimal)slo.Objective)));
}
