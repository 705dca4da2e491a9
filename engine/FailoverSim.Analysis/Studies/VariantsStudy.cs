using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What a scenario and its variants yielded.</summary>
/// <param name="Base">The scenario as written.</param>
/// <param name="Others">The variants that were finished, in order; each has exactly the replications of the base.</param>
/// <param name="Unfinished">Names of the variants that were not, because somebody asked to stop.</param>
public sealed record StudyOutcome(RunOutcome Base, IReadOnlyList<RunOutcome> Others, IReadOnlyList<string> Unfinished)
{
    /// <summary>The base first; empty if it has no result.</summary>
    public IReadOnlyList<ResultTable> Tables => Base.Table is null ? [] : [Base.Table, .. Others.Select(other => other.Table!)];

    /// <summary>Timers fired in all of them.</summary>
    public long Events => Base.Events + Others.Sum(other => other.Events);
}

/// <summary>
/// Runs the base variant until it is known precisely enough, and then every other variant over the same replications: they
/// share seed and names, and so their luck (common random numbers), and can be compared replication by replication.
/// </summary>
public static class VariantsStudy
{
    /// <param name="spec">The scenario as written; it decides how many replications there are.</param>
    /// <param name="variants">What is to be compared with it.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="timeUp">The wall-clock limit of the base variant; the others are run in full.</param>
    /// <param name="interrupt">Stop now: the variants that are finished are kept.</param>
    /// <param name="baseName">What the results of the base variant are called.</param>
    /// <param name="scored">Whether the scores of the base's hazards are kept.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    public static StudyOutcome Run(
        ScenarioSpec spec, IReadOnlyList<Variant> variants, int threads, Action<RunProgress>? progress,
        CancellationToken timeUp, CancellationToken interrupt, string baseName = ResultSet.BaseVariant,
        bool scored = false, IStudyStore? store = null)
    {
        RunOutcome first = RunStudy.Run(spec, threads, progress, timeUp, interrupt, baseName, scored, store);
        List<RunOutcome> others = [];
        if (first is { Table: { } table, Reason: not StopReason.Interrupted })
        {
            HeldRows held = new(); // Of all variants together: there may be many.
            foreach (Variant variant in variants)
            {
                RunOutcome outcome = RunStudy.Run(
                    Over(variant.Spec, table.Replications, spec.Run.Seed), threads, progress, CancellationToken.None, interrupt, variant.Name, store: store,
                    held: held);
                if (outcome.Reason == StopReason.Interrupted)
                {
                    break;
                }
                others.Add(outcome);
            }
        }
        return new StudyOutcome(first, others, [.. variants.Skip(others.Count).Select(variant => variant.Name)]);
    }

    /// <summary>A scenario to be run over exactly so many replications, with the luck of the base even if it comes from another file.</summary>
    internal static ScenarioSpec Over(ScenarioSpec spec, long replications, ulong seed) =>
        spec with { Run = spec.Run with { Replications = replications, StopWhen = null, Seed = seed } };
}
