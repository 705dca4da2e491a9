using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Sensitivity;

/// <param name="Tornados">One for each service.</param>
/// <param name="Varied">How many values were varied.</param>
/// <param name="Unfinished">Paths of the values that were not varied, because somebody asked to stop.</param>
/// <param name="Events">Timers fired in all variants.</param>
public sealed record TornadoOutcome(IReadOnlyList<Tornado> Tornados, int Varied, IReadOnlyList<string> Unfinished, long Events);

/// <summary>
/// Runs the scenario with one value after the other made smaller and larger, over the replications of the base and with its luck.
/// Of each variant only sums over pairs are kept: there are many, and their rows are worth nothing beside the base.
/// </summary>
public static class TornadoStudy
{
    private const double MinutesPerYear = 365 * 24 * 60;

    /// <param name="baseline">Results of the scenario as written; it decides how many replications there are.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="sensitivity">What to vary.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="interrupt">Stop now: the values that are finished are kept.</param>
    /// <param name="level">Joint confidence of all swings, and of all differences, of a service.</param>
    /// <param name="store">Where finished blocks are, and are kept; null for nowhere.</param>
    public static TornadoOutcome Run(
        ResultTable baseline, ulong seed, SensitivitySpec sensitivity, int threads, Action<RunProgress>? progress,
        CancellationToken interrupt, double level = Summary.DefaultLevel, IStudyStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(sensitivity);
        IReadOnlyList<string> services = baseline.Names.Services;
        int family = sensitivity.Factors.Count;
        (double differences, double swings) = (1 - ((1 - level) / (2 * family)), 1 - ((1 - level) / family));
        List<FactorEffect> effects = [];
        long events = 0;
        int finished = 0;
        foreach (SensitivityFactor factor in sensitivity.Factors)
        {
            if (Of(factor.Low) is not { } low || Of(factor.High) is not { } high)
            {
                break;
            }
            finished++;
            PairedMoments[][] pairs = PairedRows.DownTimes([baseline, low, high], [(0, 1), (0, 2), (1, 2)]);
            for (int i = 0; i < services.Count; i++)
            {
                effects.Add(new FactorEffect(
                    factor, services[i],
                    new EndEffect(DownTime(low, i, level), Difference(pairs[0][i], differences)),
                    new EndEffect(DownTime(high, i, level), Difference(pairs[1][i], differences)),
                    Difference(pairs[2][i], swings)));
            }
        }
        return new TornadoOutcome(
            [.. services.Select((service, i) => new Tornado(
                service, DownTime(baseline, i, level),
                [.. effects.Where(effect => effect.Service == service).OrderByDescending(effect => effect.Size)], family))],
            finished, [.. sensitivity.Factors.Skip(finished).Select(factor => factor.Path)], events);

        ResultTable? Of(FactorEnd end)
        {
            RunOutcome outcome = RunStudy.Run(
                VariantsStudy.Over(end.Variant.Spec, baseline.Replications, seed), threads, progress, CancellationToken.None, interrupt,
                end.Variant.Name, store: store, series: $"sensitivity {end.Variant.Name}", held: HeldRows.None());
            events += outcome.Events;
            return outcome.Reason == StopReason.Interrupted ? null : outcome.Table;
        }

        Estimate Difference(PairedMoments pairs, double confidence) =>
            PairedInterval.Difference(pairs, baseline.HorizonNanoseconds, confidence).Times(MinutesPerYear);
    }

    private static Estimate DownTime(ResultTable table, int service, double level) =>
        AvailabilityInterval.Unavailability(table.Totals(service), level).Times(MinutesPerYear);
}
