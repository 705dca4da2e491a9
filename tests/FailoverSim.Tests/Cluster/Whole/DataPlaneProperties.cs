using System.Globalization;
using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Building.Clusters;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What holds for every data plane and all its faults: random ones, the same each time.</summary>
public class DataPlaneProperties
{
    private const int Planes = 60;

    [Fact]
    public void Every_pod_is_accounted_for_at_any_time_and_no_node_takes_more_than_it_has() => ForEach(Planes, (seed, spec) =>
    {
        Simulation simulation = new ScenarioModel(spec).Build(out ClusterModel? cluster);
        simulation.Reset(1);
        long step = 557_000_000_019;
        for (long at = 0; at < spec.Run.Horizon.Nanoseconds; at += step)
        {
            simulation.RunUntil(new SimTime(at));
            Walk(simulation, cluster!.DataPlane!);
        }
    });

    [Fact]
    public void A_balancer_that_has_been_told_of_all_changes_has_the_nodes_with_an_object_that_are_initialized()
    {
        (int settled, int open, int moved) = (0, 0, 0);
        ForEach(Planes, (seed, spec) =>
        {
            Simulation simulation = new ScenarioModel(spec).Build(out ClusterModel? cluster);
            DataPlane plane = cluster!.DataPlane!;
            simulation.Reset(2);
            for (long at = 0; plane.Balancer is { } balancer && at < spec.Run.Horizon.Nanoseconds; at += 331_000_000_007)
            {
                simulation.RunUntil(new SimTime(at));
                bool isSettled = balancer.Controller.IsSettled;
                settled += isSettled ? 1 : 0;
                open += isSettled ? 0 : 1;
                for (int node = 0; node < plane.Nodes.Set.Count; node++)
                {
                    bool wanted = plane.Nodes.Is(node, NodeMarks.Registered) && !plane.Nodes.Is(node, NodeMarks.Uninitialized);
                    bool isMember = simulation.Signals[balancer.Controller.Members[node]];
                    Assert.True(!isSettled || wanted == isMember, $"{plane.Nodes.Set.Options[node].Name} at {simulation.Now.Seconds} s");
                    moved += isMember == plane.Nodes.Set.Options[node].Exists ? 0 : 1;
                }
            }
        });
        Assert.True(settled > 1000 && open > 10 && moved > 1000, $"{settled}, {open} and {moved}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Down_time_is_accounted_for(bool inOneZone) => ForEach(Planes, inOneZone, (seed, spec) =>
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        ResultNames names = simulation.NamesFor(spec.Run.Horizon);
        int unplaced = names.Counters.ToList().IndexOf("pods.without-room-at-start");
        ServiceRow[] rows = simulation.Run(0, SimDuration.Zero, spec.Run.Horizon);
        bool hadRoom = rows.All(row => row.Counts.Count == 0 || row.Counts[unplaced] == 0);
        foreach (ServiceRow row in rows)
        {
            string service = names.Services[row.Service];
            Assert.True(spec.Run.Horizon.Nanoseconds == row.UpNanoseconds + row.DownNanoseconds, service);
            Assert.True(row.DownNanoseconds == row.DownByCause.Sum(), $"{service}: {row.DownNanoseconds - row.DownByCause.Sum()} ns without cause");
            Assert.True(row.DownNanoseconds == row.DownByStage.Sum(), $"{service}: {row.DownNanoseconds - row.DownByStage.Sum()} ns without stage");
            // Who had no room from the start is down without an outage that starts.
            if (hadRoom && names.ViewOf(row.Service) is null)
            {
                Assert.Equal(row.DownNanoseconds, row.Outages.Sum(o => o.Duration));
            }
            // Nobody is down for no reason, if there was room for all from the start.
            Assert.True(!hadRoom || row.DownByCause[0] == 0, $"{service}: {row.DownByCause[0]} ns for nothing");
        }
    });

    [Fact]
    public void A_run_can_be_repeated_and_continued_in_another_instance() => ForEach(Planes, (seed, spec) =>
    {
        Simulation first = new ScenarioModel(spec).Build(), second = new ScenarioModel(spec).Build();
        string rows = Told(first.Run(3, SimDuration.Zero, spec.Run.Horizon));
        ulong whole = first.FingerprintValue;
        byte[] end = first.Encode();
        second.Run(1, SimDuration.Zero, spec.Run.Horizon);
        Assert.Equal(rows, Told(second.Run(3, SimDuration.Zero, spec.Run.Horizon)));
        Assert.Equal(whole, second.FingerprintValue);
        first.Reset(3);
        first.RunUntil(new SimTime(36_000_000_000_000 + (long)(whole % 7_000_000_000_000)));
        second.Run(2, SimDuration.Zero, spec.Run.Horizon);
        second.CopyStateFrom(first);
        Assert.Equal(first.Encode(), second.Encode());
        first.RunUntil(SimTime.Zero + spec.Run.Horizon);
        second.RunUntil(SimTime.Zero + spec.Run.Horizon);
        Assert.Equal((whole, whole), (first.FingerprintValue, second.FingerprintValue));
        Assert.Equal(end, first.Encode());
        Assert.Equal(end, second.Encode());
    });

    [Fact]
    public void Two_threads_give_the_rows_of_one() => ForEach(3, (seed, spec) =>
    {
        string Rows(int threads)
        {
            ReplicationRunner runner = new(() => new ScenarioModel(spec).Build(), SimDuration.Zero, SimDuration.FromSeconds(20 * 3600), threads);
            return string.Join('\n', runner.Run(0, 130, CancellationToken.None, CancellationToken.None)
                .Select(block => $"{block.Fingerprint} {block.Events}\n{Told(block.Rows)}"));
        }
        Assert.Equal(Rows(1), Rows(2));
    });

    [Fact]
    public void Another_pool_and_its_workload_change_nobodys_faults() => ForEach(Planes / 2, (seed, spec) =>
    {
        static IEnumerable<string> Strikes(Story story) => story.States
            .Where(s => s.State == "struck" && !s.Entity.Contains("aa", StringComparison.Ordinal))
            .Select(s => $"{s.At} {s.Entity}");
        RandomDataPlane plane = new(seed);
        Assert.Equal(Strikes(Story.Of(spec)), Strikes(Story.Of(plane.WithStrangers(), RandomDataPlane.Horizon)));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Leaving_out_heartbeats_and_passes_that_change_nothing_changes_no_law(int index)
    {
        const int Replications = 30;
        // Where etcd's own heartbeats are simulated it takes minutes.
        string text = Enumerable.Range(0, 100).Select(seed => new RandomDataPlane(seed).ToString())
            .Where(t => !t.Contains("etcd", StringComparison.Ordinal)).ElementAt(index);
        double[][] elided = Unavailabilities(text, "elided"), exhaustive = Unavailabilities(text, "exhaustive");
        for (int service = 0; service < elided.Length; service++)
        {
            double[] x = elided[service], y = exhaustive[service];
            double error = Math.Sqrt((Variance(x) + Variance(y)) / Replications);
            Assert.True(Math.Abs(x.Average() - y.Average()) <= (4.9 * error) + 1e-12, $"service {service}: {x.Average()} and {y.Average()} ± {error}");
        }

        double[][] Unavailabilities(string text, string fidelity)
        {
            ScenarioSpec spec = Story.Spec($"{text}run: {{horizon: 12h, fidelity: {fidelity}}}");
            Simulation simulation = new ScenarioModel(spec).Build();
            ServiceRow[][] runs = [.. Enumerable.Range(0, Replications).Select(r => simulation.Run(r, SimDuration.Zero, spec.Run.Horizon))];
            return [.. spec.Services.Select((_, s) => runs.Select(rows => rows[s].DownNanoseconds / (double)spec.Run.Horizon.Nanoseconds).ToArray())];
        }
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }

    /// <summary>Everything in the rows that can be told as text.</summary>
    private static string Told(IEnumerable<ServiceRow> rows)
    {
        StringBuilder text = new();
        foreach (ServiceRow row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Replication} {row.Service} {row.UpNanoseconds} {row.DownNanoseconds} {row.SquaredDurations} ");
            text.Append(CultureInfo.InvariantCulture, $"{row.FailoverNanoseconds} {row.LossCount} {row.LostRequestNanoseconds} {row.LongestOutage}: ");
            text.AppendJoin(',', row.DownByCause).Append(';').AppendJoin(',', row.DownByStage).Append(';').AppendJoin(',', row.Counts).Append(';');
            text.AppendJoin(',', row.Members).Append(';').AppendJoin(',', row.Outages).AppendLine();
        }
        return text.ToString();
    }

    private static void Walk(Simulation simulation, DataPlane plane)
    {
        (State<Pod> pods, NodePods nodes, Terminations endings) = plane.Pods.Inside;
        WorkloadSet workloads = plane.Workloads;
        bool acts = simulation.Signals[plane.ControlPlane.Switches.Controllers];
        int bound = 0, ending = 0;
        for (int node = 0; node < plane.Nodes.Set.Count; node++)
        {
            NodeOptions options = plane.Nodes.Set.Options[node];
            long cpu = 0, memory = 0;
            int count = 0;
            for (int pod = nodes.FirstOn(node); pod >= 0; pod = nodes.NextOn(pod))
            {
                Assert.Equal(node, pods[pod].Node);
                Add(pod);
                bound++;
            }
            for (int pod = nodes.FirstEndingOn(node); pod >= 0; pod = nodes.NextEnding(pod))
            {
                Assert.Equal(node, endings.NodeOf(pod));
                Add(pod);
                ending++;
            }
            Assert.Equal(new NodeRoom(options.Cpu - cpu, options.Memory - memory, options.MaxPods - count), plane.Nodes.FreeOn(node));
            Assert.True(cpu <= options.Cpu && memory <= options.Memory && count <= options.MaxPods, options.Name);
            Assert.Equal(count, plane.Pods.CountOn(node));

            void Add(int pod)
            {
                WorkloadOptions owner = workloads.Options[workloads.WorkloadOf[pod]];
                cpu += owner.Cpu;
                memory += owner.Memory;
                count++;
                Assert.True(owner.Pools.IsEmpty || owner.Pools.Contains(options.Pool), $"{workloads.NameOf(pod)} on {options.Name}");
            }
        }
        for (int pod = 0; pod < workloads.PodCount; pod++)
        {
            ref readonly Pod state = ref pods[pod];
            string name = $"{workloads.NameOf(pod)} is {state.Phase} at {simulation.Now.Seconds} s";
            WorkloadOptions owner = workloads.Options[workloads.WorkloadOf[pod]];
            Assert.True((state.Phase is PodPhase.Missing or PodPhase.Pending) == (state.NodePlusOne == 0), name);
            bound -= state.NodePlusOne > 0 ? 1 : 0;
            ending -= endings.Any(pod) ? 1 : 0;
            Assert.True(simulation.Signals[workloads.Serving[pod]] == (!state.NotPublished && !state.Mute), name);
            bool runs = state.Phase is PodPhase.Starting or PodPhase.Started or PodPhase.Ready or PodPhase.Hanging or PodPhase.Failing or PodPhase.Killed;
            if (owner.AtMostOne)
            {
                Assert.False(state.NodePlusOne > 0 && endings.Any(pod), name);
                Assert.False(runs && endings.Runs(pod), name);
            }
            if (state.Phase == PodPhase.Missing)
            {
                Assert.True(!acts || (owner.AtMostOne && endings.Any(pod)), name);
            }
            if (runs)
            {
                Assert.True(simulation.Signals[plane.Nodes.Set.Signals[state.Node].Machine.Powered], name);
                Assert.True(owner.Volume is null || state.VolumePlusOne == state.NodePlusOne, name);
            }
            if (state.ZonePlusOne > 0 && state.NodePlusOne > 0)
            {
                Assert.True(plane.Nodes.Set.Options[state.Node].Zone == state.ZonePlusOne - 1, name);
            }
        }
        Assert.Equal((0, 0), (bound, ending));
    }

    private static void ForEach(int planes, Action<int, ScenarioSpec> check) => ForEach(planes, false, check);

    private static void ForEach(int planes, bool inOneZone, Action<int, ScenarioSpec> check)
    {
        for (int seed = 0; seed < planes; seed++)
        {
            RandomDataPlane plane = new(seed, inOneZone);
            try
            {
                check(seed, Story.Spec($"{plane}run: {{horizon: {RandomDataPlane.Horizon}}}"));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Data plane {seed}:\n{plane}\n{fault.Message}", fault);
            }
        }
    }
}
