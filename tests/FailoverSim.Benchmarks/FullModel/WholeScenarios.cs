using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Benchmarks.Ratios;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>
/// Whole scenarios against loops that fire the same timers at the same instants and do nothing else: what is between them is the model.
/// No such loop could be written without knowing beforehand when everything happens, so nobody can be as fast.
/// </summary>
internal static class WholeScenarios
{
    /// <summary>Short pieces are at the mercy of the clock.</summary>
    private const long LeastNanoseconds = 20_000_000;

    /// <summary>A control plane, a system of units, and a data plane over a week.</summary>
    public static IEnumerable<Ratio> Ratios(bool full)
    {
        int rounds = full ? 25 : 9;
        List<(string Name, ScenarioSpec Spec)> scenarios =
        [
            ("control plane kubeadm-stacked-3", ScenarioFiles.Read("kubeadm-stacked-3")),
            ("generic pumps-3-of-5", ScenarioFiles.Read("pumps-3-of-5")),
            ("data plane 500 nodes 15000 pods", MaximumCluster.Read(10).Over(days: 7)),
        ];
        if (full)
        {
            scenarios.Add(("data plane 5000 nodes 150000 pods", MaximumCluster.Read(1).Over(days: 7)));
        }
        foreach ((string name, ScenarioSpec spec) in scenarios)
        {
            foreach (Ratio ratio in Measure(name, spec, rounds))
            {
                yield return ratio;
            }
        }
    }

    private static IEnumerable<Ratio> Measure(string name, ScenarioSpec spec, int rounds)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        SimDuration horizon = spec.Run.WarmUp + spec.Run.Horizon;
        RecordedEvents recorded = RecordedEvents.Of(simulation, horizon, ReplicationsPerPiece(simulation, horizon));
        Contender ours = new("full model", _ => Sum(recorded, replication =>
        {
            simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
            return simulation.Events;
        }));
        Contender[] all =
        [
            ours,
            Loop<PlainPriorityQueue>(recorded, PlainPriorityQueue.Name, draws: false),
            Loop<FusedPriorityQueue>(recorded, FusedPriorityQueue.Name, draws: false),
            Loop<Ours>(recorded, "minimal loop", draws: true),
        ];
        int calls = 40 / recorded.Replications + 1;
        WarmUp.UntilCompiled(() => Contender.Race(all, calls));
        Contender[] fresh = [.. all.Select(c => c.Anew())];
        Contender.Race(fresh, rounds);
        if (fresh.Any(c => c.Checksum != fresh[0].Checksum))
        {
            throw new InvalidOperationException($"The loops differ in events: {name}.");
        }
        Contender heap = fresh[1].Median < fresh[2].Median ? fresh[1] : fresh[2];
        foreach (Contender other in new[] { heap, fresh[3] })
        {
            // Of the first replication: how many are recorded depends on how fast the machine is.
            yield return new Ratio(name, recorded[0].First.Length - 1, fresh[0].Median, other.Name, other.Median);
        }
    }

    private static int ReplicationsPerPiece(Simulation simulation, SimDuration horizon)
    {
        simulation.Run(0, SimDuration.Zero, horizon);
        long start = CpuClock.Nanoseconds();
        simulation.Run(0, SimDuration.Zero, horizon);
        return (int)Math.Clamp(LeastNanoseconds / (CpuClock.Nanoseconds() - start), 1, 200);
    }

    private static Contender Loop<TList>(RecordedEvents recorded, string name, bool draws)
        where TList : struct, IEventList<TList>
    {
        RecordedLoop<TList> loop = new(recorded, draws);
        return new Contender(name, _ => Sum(recorded, loop.Run));
    }

    private static (long Events, long Outcome) Sum(RecordedEvents recorded, Func<int, long> run)
    {
        long events = 0;
        for (int replication = 0; replication < recorded.Replications; replication++)
        {
            events += run(replication);
        }
        return (events, recorded.Events);
    }
}
