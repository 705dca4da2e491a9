using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What the absence of one kind of fault saves.</summary>
/// <param name="Cause">Its name.</param>
/// <param name="MinutesPerYear">By service; negative where it would cost.</param>
public sealed record Saving(string Cause, IReadOnlyList<Estimate> MinutesPerYear);

/// <summary>
/// Runs the scenario again without each of the faults that matter, over the same replications with the same luck. Savings
/// overlap, so they do not sum to the down time.
/// </summary>
public static class IfRemoved
{
    /// <summary>Faults that are tried.</summary>
    public const int Most = 8;

    /// <summary>Of the down time of some service, from which a fault is tried.</summary>
    public const double LeastShare = 0.01;

    private const double MinutesPerYear = 365 * 24 * 60;

    /// <summary>The faults that are worth it, the largest share of any service first.</summary>
    public static IReadOnlyList<string> CausesOf(ScenarioSpec spec, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return
        [
            .. table.Names.Causes
                .Select((cause, i) => (cause, Share: LargestShare(table, i)))
                .Where(c => c.Share >= LeastShare && spec.Without(c.cause) is not null)
                .OrderByDescending(c => c.Share) // stable: ties stay in the order of the names
                .Take(Most)
                .Select(c => c.cause),
        ];
    }

    /// <summary>What the run without a fault is called.</summary>
    public static string NameOf(string cause) => $"without {cause}";

    /// <param name="spec">The scenario as written.</param>
    /// <param name="table">Its results.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now: what is finished is kept.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    public static IReadOnlyList<Saving> Run(
        ScenarioSpec spec, ResultTable table, int threads, Action<RunProgress>? progress, CancellationToken interrupt,
        IStudyStore? store = null)
    {
        List<Saving> savings = [];
        foreach (string cause in CausesOf(spec, table))
        {
            RunOutcome outcome = RunStudy.Run(
                VariantsStudy.Over(spec.Without(cause)!, table.Replications, spec.Run.Seed), threads, progress, CancellationToken.None, interrupt,
                NameOf(cause), store: store, series: $"removed {cause}", held: HeldRows.None());
            if (outcome.Table is not { } without || without.Replications < table.Replications)
            {
                break;
            }
            // What the scenario is down more than without the fault.
            savings.Add(new Saving(
                cause,
                [.. PairedRows.DownTimes([without, table], [(0, 1)])[0]
                    .Select(pairs => PairedInterval.Difference(pairs, table.HorizonNanoseconds, Summary.DefaultLevel).Times(MinutesPerYear))]));
        }
        return savings;
    }

    private static double LargestShare(ResultTable table, int cause) => Enumerable.Range(0, table.Names.Services.Count)
        .Select(table.Totals)
        .Max(totals => totals.Down == 0 ? 0 : (double)totals.DownByCause[cause].Total / (double)totals.Down);
}
