using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Workloads.PodBench;

namespace FailoverSim.Tests.Cluster.Workloads;

/// <summary>What must hold whatever happens in whatever order, by a walk over everything after each event.</summary>
public class PodProperties
{
    private const int Nodes = 5;
    private const double Until = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Whatever_happens_the_books_are_right_and_all_is_well_in_the_end(int seed)
    {
        PodBench bench = Build();
        Turmoil turmoil = new(bench);
        bench.Lab.Repeatedly(10, turmoil.Act);
        bench.Check = () => Walk(bench);
        bench.Play(Until + 5000, seed);
        Assert.True(turmoil.Acts > 1000);
        Assert.True(turmoil.Evicted > 0 && turmoil.Refused > 0);
        long events = bench.Simulation.Events;
        for (int pod = 0; pod < bench.Workloads.PodCount; pod++)
        {
            Assert.True(bench.Simulation.Signals[bench.Workloads.Serving[pod]], bench.Workloads.NameOf(pod));
            Assert.Equal(PodPhase.Ready, bench.Pods.Inside.Pods[pod].Phase);
            Assert.False(bench.Pods.Inside.Endings.Any(pod));
        }
        // Whoever is down is so for a reason.
        Assert.All(bench.Rows, row => Assert.Equal(0, row.DownByCause[0]));
        Assert.Contains(bench.Rows, row => row.DownByCause.Sum() > 0);
        bench.Simulation.RunUntil(new SimTime(S(Until + 9000).Nanoseconds));
        Assert.Equal(events, bench.Simulation.Events);
    }

    private static PodBench Build()
    {
        Law shortly = new Uniform(0.1, 20);
        ProbeOptions probe = new(S(10), S(1), 3);
        PodsOptions options = Common with { Propagation = new Uniform(0.1, 2), Relist = new Uniform(0, 1), FirstProbe = new Uniform(0.5, 2), MostFaults = 8 };
        return new PodBench(
            Nodes,
            options,
            Deployment("web", 6) with { Needed = 3, MinHealthy = 4, Start = shortly, Stop = shortly, Liveness = probe, Cpu = 9_000 },
            Deployment("disk", 2) with { Volume = new VolumeOptions(false, S(360), shortly), Pull = new Uniform(1, 20), Cpu = 9_000, Needed = 2 },
            StatefulSet("db", 3) with { MinHealthy = 2, Stop = new Uniform(1, 60), Liveness = probe, Volume = new VolumeOptions(true, S(360), shortly) },
            StatefulSet("queue", 3, volume: false) with { Needed = 2, Stop = shortly, Pull = new Uniform(1, 20) });
    }

    private static void Walk(PodBench bench)
    {
        (var pods, var nodes, var endings) = bench.Pods.Inside;
        int[] bound = new int[Nodes];
        int[] ending = new int[Nodes];
        for (int node = 0; node < Nodes; node++)
        {
            for (int pod = nodes.FirstOn(node); pod >= 0; pod = nodes.NextOn(pod))
            {
                Assert.Equal(node, pods[pod].Node);
                bound[node]++;
            }
            for (int pod = nodes.FirstEndingOn(node); pod >= 0; pod = nodes.NextEnding(pod))
            {
                Assert.Equal(node, endings.NodeOf(pod));
                ending[node]++;
            }
            Assert.Equal(bound[node] + ending[node], bench.Pods.CountOn(node));
            Assert.Equal(bench.Set.Options[node].MaxPods - bound[node] - ending[node], bench.Nodes.FreeOn(node).Pods);
            Assert.True(bench.Nodes.FreeOn(node).Cpu >= 0);
        }
        Assert.Equal(bound.Sum(), Enumerable.Range(0, pods.Count).Count(pod => pods[pod].NodePlusOne > 0));
        Assert.Equal(ending.Sum(), Enumerable.Range(0, pods.Count).Count(endings.Any));
        for (int pod = 0; pod < pods.Count; pod++)
        {
            WalkPod(bench, pod, in pods[pod], endings);
        }
    }

    private static void WalkPod(PodBench bench, int pod, in Pod state, Terminations endings)
    {
        WorkloadOptions options = bench.Workloads.Options[bench.Workloads.WorkloadOf[pod]];
        Assert.Equal(state.Phase is PodPhase.Missing or PodPhase.Pending, state.NodePlusOne == 0);
        Assert.Equal(state.Phase == PodPhase.Pending, bench.Scheduler.Waits(pod));
        Assert.Equal(bench.Endpoints.IsIn(pod), !state.NotPublished);
        Assert.Equal(bench.Endpoints.Answers(pod), !state.Mute);
        bool answers = state.Phase == PodPhase.Ready && bench.Simulation.Signals[bench.Set.Signals[state.Node].Serves];
        Assert.Equal(answers, bench.Endpoints.Answers(pod));
        Assert.Equal(answers && bench.Endpoints.IsIn(pod), bench.Simulation.Signals[bench.Workloads.Serving[pod]]);
        Assert.Equal(!IsHealthy(bench, in state), state.NotHealthy);
        bool runs = Runs(state.Phase);
        if (options.AtMostOne)
        {
            Assert.False(state.NodePlusOne > 0 && endings.Any(pod));
            Assert.False(runs && endings.Runs(pod));
        }
        if (runs)
        {
            Assert.True(bench.Simulation.Signals[bench.Set.Signals[state.Node].Machine.Powered]);
            Assert.Equal(options.Volume is null ? 0 : state.NodePlusOne, state.VolumePlusOne);
        }
    }

    private static bool IsHealthy(PodBench bench, in Pod state) =>
        state.NodePlusOne > 0 && !state.NotReported && !bench.IsMarked(state.Node);

    private static bool Runs(PodPhase phase) => phase is PodPhase.Starting or PodPhase.Started or PodPhase.Ready
        or PodPhase.Hanging or PodPhase.Failing or PodPhase.Killed;

    /// <summary>Faults, and what the other controllers do about them, in an order that nobody planned.</summary>
    private sealed class Turmoil(PodBench bench)
    {
        private const int Ways = 5;

        private readonly List<(int Pod, Affliction What, Cause Cause)> _strikes = [];
        private readonly bool[] _isCut = new bool[(Ways * Nodes) + 3];
        private readonly Cause[] _causes = new Cause[Nodes];

        public int Acts { get; private set; }

        public int Evicted { get; private set; }

        public int Refused { get; private set; }

        public double Act(Simulation simulation, Draws luck)
        {
            Acts++;
            if (simulation.Now.Seconds > Until)
            {
                Mend(simulation);
                return double.PositiveInfinity;
            }
            int node = (int)(luck.NextUniform() * Nodes);
            double dice = luck.NextUniform();
            if (dice < 0.3)
            {
                // Bad things more rarely than good ones.
                int what = (int)(luck.NextUniform() * _isCut.Length);
                if (_isCut[what] || luck.NextUniform() < 0.5)
                {
                    simulation.Raise(bench.Kind);
                    Toggle(simulation, what);
                }
            }
            else if (dice < 0.6)
            {
                Control(simulation, node, luck.NextUniform());
            }
            else if (dice < 0.8)
            {
                Strike(simulation, ref luck);
            }
            else
            {
                Evict(simulation, node);
            }
            return luck.NextExponential() * 12;
        }

        private void Toggle(Simulation simulation, int what)
        {
            bool value = _isCut[what];
            _isCut[what] = !value;
            int node = what / Ways;
            Action<Simulation, int, bool>[] ways = [bench.Power, bench.Net, bench.Hears, bench.Agent, bench.Runtime];
            Signal[] planes = [bench.ControlPlane.Controllers, bench.ControlPlane.CloudApi, bench.Registry];
            if (node < Nodes)
            {
                ways[what % Ways](simulation, node, value);
                if (!value && !bench.Nodes.Is(node, NodeMarks.NotReady))
                {
                    _causes[node] = simulation.Cause;
                }
            }
            else
            {
                simulation.Drive(planes[what - (Ways * Nodes)], value);
            }
        }

        /// <summary>The node life cycle and its kin, which do nothing while no controller acts.</summary>
        private void Control(Simulation simulation, int node, double dice)
        {
            if (!simulation.Signals[bench.ControlPlane.Controllers])
            {
                return;
            }
            bool beats = simulation.Signals[bench.Set.Signals[node].Heartbeats];
            simulation.Resume(_causes[node]);
            if (!bench.Nodes.Is(node, NodeMarks.Registered))
            {
                if (beats)
                {
                    bench.Nodes.Mark(node, NodeMarks.Registered, true);
                    bench.Pods.Registered(node);
                }
            }
            else if (bench.Nodes.Is(node, NodeMarks.NotReady))
            {
                ActOnSilent(simulation, node, beats, dice);
            }
            else if (!beats)
            {
                bench.MarkNotReady(node);
            }
            else if (!bench.HasRuntime(node))
            {
                bench.SayNotReady(node);
            }
        }

        private void ActOnSilent(Simulation simulation, int node, bool beats, double dice)
        {
            if (beats && bench.HasRuntime(node))
            {
                bench.MarkReady(node);
            }
            else if (dice < 0.1)
            {
                // It falls silent, or is heard again and says so.
                bench.Nodes.Mark(node, NodeMarks.SaysNotReady, beats);
            }
            else if (dice < 0.3)
            {
                bench.Pods.Tainted(node);
            }
            else if (dice < 0.6)
            {
                bench.Pods.DeleteTolerating(node, 0);
            }
            else if (!simulation.Signals[bench.Set.Signals[node].Machine.Powered])
            {
                if (dice < 0.8)
                {
                    bench.Pods.ForceDelete(node);
                }
                else
                {
                    bench.Nodes.Mark(node, NodeMarks.NotReady | NodeMarks.SaysNotReady | NodeMarks.Registered, false);
                    bench.Pods.ForceDelete(node);
                    bench.Pods.Deleted(node);
                    bench.MarkReady(node);
                }
            }
        }

        private void Strike(Simulation simulation, ref Draws luck)
        {
            if (_strikes.Count > 4 || luck.NextUniform() < 0.3 * _strikes.Count)
            {
                EndStrike(simulation, luck.NextUniform() < 0.5);
                return;
            }
            int pod = (int)(luck.NextUniform() * bench.Workloads.PodCount);
            Affliction what = luck.NextUniform() < 0.5 ? Affliction.Down : Affliction.Hang;
            _strikes.Add((pod, what, simulation.Raise(bench.Kind)));
            bench.Pods.Strike(pod, what, 0, bench.Stages.Repair);
        }

        private void EndStrike(Simulation simulation, bool restarted)
        {
            (int pod, Affliction what, Cause cause) = _strikes[0];
            _strikes.RemoveAt(0);
            simulation.Resume(cause);
            bench.Pods.End(pod, what, 0, restarted);
        }

        private void Evict(Simulation simulation, int node)
        {
            int pod = bench.Pods.FirstOn(node);
            if (pod < 0)
            {
                return;
            }
            simulation.Raise(bench.Kind);
            int workload = bench.Workloads.WorkloadOf[pod];
            int before = Healthy(workload);
            bool counted = IsHealthy(bench, in bench.Pods.Inside.Pods[pod]);
            if (bench.Pods.TryEvict(pod))
            {
                Evicted++;
                int left = before - (counted ? 1 : 0);
                Assert.Equal(left, Healthy(workload));
                Assert.True(left >= bench.Workloads.Options[workload].MinHealthy);
            }
            else
            {
                Refused++;
                Assert.Equal(before, Healthy(workload));
            }
        }

        private int Healthy(int workload)
        {
            int healthy = 0;
            for (int pod = bench.Workloads.FirstPod[workload]; pod < bench.Workloads.FirstPod[workload + 1]; pod++)
            {
                healthy += IsHealthy(bench, in bench.Pods.Inside.Pods[pod]) ? 1 : 0;
            }
            return healthy;
        }

        private void Mend(Simulation simulation)
        {
            while (_strikes.Count > 0)
            {
                EndStrike(simulation, restarted: true);
            }
            for (int what = 0; what < _isCut.Length; what++)
            {
                if (_isCut[what])
                {
                    Toggle(simulation, what);
                }
            }
            for (int node = 0; node < Nodes; node++)
            {
                if (!bench.Nodes.Is(node, NodeMarks.Registered))
                {
                    bench.Nodes.Mark(node, NodeMarks.Registered, true);
                    bench.Pods.Registered(node);
                }
                if (bench.Nodes.Is(node, NodeMarks.NotReady))
                {
                    bench.MarkReady(node);
                }
            }
        }
    }
}
