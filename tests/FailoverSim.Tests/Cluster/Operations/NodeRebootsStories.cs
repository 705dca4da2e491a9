using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Repair;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

public class NodeRebootsStories
{
    [Fact]
    public void One_node_after_the_other_is_drained_rebooted_and_uncordoned()
    {
        Yard yard = new(perNode: 100);
        Notes notes = new();
        yard.Reboots.OnStep(notes);
        yard.Bench.Play(1900);
        // 100 s out, 20 s until the kubelet runs.
        Assert.Equal("1000- 1100+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1120- 1220+", yard.Bench.Of("cp-2.powered"));
        Assert.Equal("1240- 1340+", yard.Bench.Of("cp-3.powered"));
        Assert.Equal("1000 draining 1000 drained 1120 uncordoned", yard.Bench.Of("drains/cp-1"));
        Assert.Equal(["0", "1", "2", "all"], notes.Told);
        Assert.All(Enumerable.Range(0, 3), node => Assert.True(yard.Nodes.IsSchedulable(node)));
    }

    [Fact]
    public void Two_at_a_time_when_two_may_hold_the_lock()
    {
        Yard yard = new(perNode: 100, concurrency: 2);
        yard.Bench.Play(1900);
        Assert.Equal("1000- 1100+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1000- 1100+", yard.Bench.Of("cp-2.powered"));
        Assert.Equal("1120- 1220+", yard.Bench.Of("cp-3.powered"));
    }

    [Fact]
    public void A_reboot_that_nobody_notices_ends_as_well()
    {
        Yard yard = new(perNode: 10);
        yard.Bench.Play(1900);
        Assert.Equal("1000 draining 1000 drained 1030 uncordoned", yard.Bench.Of("drains/cp-1"));
        Assert.Equal("1030 draining 1030 drained 1060 uncordoned", yard.Bench.Of("drains/cp-2"));
    }

    [Fact]
    public void A_drain_that_is_refused_for_ever_blocks_all_the_others()
    {
        Yard yard = new(perNode: 100, stuck: 1);
        yard.Bench.Play(500_000);
        Assert.Equal("1000- 1100+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("", yard.Bench.Of("cp-2.powered"));
        Assert.Equal("", yard.Bench.Of("cp-3.powered"));
        Assert.Equal(1, yard.Bench.Simulation.CountOf(yard.Bench.Builder.Counter("drains-blocked")));
        Assert.Equal("1120 draining 1120 refused 4720 blocked", yard.Bench.Of("drains/cp-2"));
    }

    [Fact]
    public void The_next_step_waits_while_another_node_is_not_ready()
    {
        Yard yard = new(perNode: 100);
        yard.Bench.Fault(1050, 450, yard.Bench.Machines, 2);
        yard.Bench.Play(1900);
        Assert.Equal("1000- 1100+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1520- 1620+", yard.Bench.Of("cp-2.powered"));
    }

    [Fact]
    public void A_node_that_does_not_come_back_keeps_the_lock()
    {
        Yard yard = new(perNode: 100);
        yard.Bench.Fault(1050, 800, yard.Bench.Machines, 0);
        yard.Bench.Play(2000);
        Assert.Equal("1000- 1850+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1870- 1970+", yard.Bench.Of("cp-2.powered"));
    }

    [Fact]
    public void A_node_that_is_deleted_lets_go_of_the_lock()
    {
        Yard yard = new(perNode: 100, stuck: 0);
        yard.Bench.Lab.At(1500, _ => yard.Kubelets.Delete(0));
        yard.Bench.Play(1900);
        Assert.Equal("", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1500- 1600+", yard.Bench.Of("cp-2.powered"));
    }

    [Fact]
    public void Steps_begin_inside_the_window()
    {
        Yard yard = new(perNode: 100, window: new DutyRoster([(Instant(1050), Instant(1100)), (Instant(1500), Instant(1600))]));
        yard.Bench.Play(1900);
        Assert.Equal("1050- 1150+", yard.Bench.Of("cp-1.powered"));
        Assert.Equal("1500- 1600+", yard.Bench.Of("cp-2.powered"));
        Assert.Equal("", yard.Bench.Of("cp-3.powered"));
    }

    [Fact]
    public void Down_time_is_charged_to_the_reboots()
    {
        Yard yard = new(perNode: 100);
        yard.Bench.Measure("all", yard.Bench.Builder.Gate("all-up", 3, [.. yard.Nodes.Set.Signals.Select(n => n.Heartbeats)]));
        yard.Bench.Play(1900);
        Assert.Equal("reboots 360", yard.Bench.Causes());
    }

    private static SimTime Instant(double seconds) => SimTime.Zero + SimDuration.FromSeconds(seconds);

    /// <summary>Three real machines with a kubelet each, which starts in 20 s, and pods that are not there or not to be moved.</summary>
    private sealed class Yard
    {
        public Yard(double perNode, int concurrency = 1, int stuck = -1, DutyRoster? window = null)
        {
            Processes kubelets = Bench.Run("kubelet", start: 20);
            NodeSet set = new(
                [.. Enumerable.Range(0, 3).Select(i => new NodeOptions($"cp-{i + 1}", i, 0, 0, 1, 1))],
                [.. Enumerable.Range(0, 3).Select(i => new NodeSignals(Bench.Set.Signals[i], Bench.Set.Signals[i].Up, kubelets.Set.Signals[i].Runs))],
                ["a"]);
            Nodes = new NodeObjects(Bench.Builder, set);
            Kubelets = new Kubelet(Bench.Builder, Nodes);
            Drains = new Drains(
                Bench.Builder, Nodes, new FewPods(stuck), WorkloadSet.Declare(Bench.Builder, []), Bench.Builder.Condition("api"));
            Reboots = new NodeReboots(
                Bench.Builder,
                new RebootOptions(
                    "reboots", SimDuration.FromSeconds(1000), window ?? DutyRoster.Always, new Constant(perNode), concurrency, new DrainOptions()),
                [0, 1, 2], Nodes, Bench.Machines, Drains);
            Kubelets.Watchers.Add(Drains);
            Kubelets.Watchers.Add(Reboots);
        }

        public Bench Bench { get; } = new();

        public NodeObjects Nodes { get; }

        public Kubelet Kubelets { get; }

        public Drains Drains { get; }

        public NodeReboots Reboots { get; }
    }

    /// <summary>Not ready 40 s after the last heartbeat, ready with the next one.</summary>
    private sealed class Kubelet : Component
    {
        private readonly NodeObjects _nodes;

        public Kubelet(ModelBuilder builder, NodeObjects nodes)
            : base(builder, "node-lifecycle", nodes.Set.Count, 1)
        {
            _nodes = nodes;
            for (int node = 0; node < Count; node++)
            {
                builder.Observe(nodes.Set.Signals[node].Heartbeats, this, node);
            }
        }

        public List<INodeWatcher> Watchers { get; } = [];

        public void Delete(int node)
        {
            _nodes.Mark(node, (NodeMarks)255, false);
            Watchers.ForEach(w => w.Deleted(node));
        }

        protected internal override void Start()
        {
            for (int node = 0; node < Count; node++)
            {
                _nodes.Mark(node, NodeMarks.Registered, true);
            }
        }

        protected internal override void OnTimer(int slot, int timer)
        {
            _nodes.Mark(slot, NodeMarks.NotReady, true);
            Watchers.ForEach(w => w.NotReady(slot));
        }

        protected internal override void OnSignal(int slot)
        {
            if (!Simulation.Signals[_nodes.Set.Signals[slot].Heartbeats])
            {
                ArmAfter(slot, 0, SimDuration.FromSeconds(40));
                return;
            }
            Disarm(slot, 0);
            if (_nodes.Is(slot, NodeMarks.NotReady))
            {
                _nodes.Mark(slot, NodeMarks.NotReady, false);
                Watchers.ForEach(w => w.Ready(slot));
            }
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }
    }

    /// <summary>One pod on one node, which its budget holds there; or none.</summary>
    private sealed class FewPods(int stuck) : IPods
    {
        public int FirstOn(int node) => node == stuck ? 0 : -1;

        public int NextOn(int pod) => -1;

        public int CountOn(int node) => node == stuck ? 1 : 0;

        public bool TryEvict(int pod) => false;

        public void Delete(int pod) => throw new NotSupportedException();

        public void DeleteTolerating(int node, int toleration) => throw new NotSupportedException();

        public void ForceDelete(int node) => throw new NotSupportedException();
    }

    private sealed class Notes : IStepListener
    {
        public List<string> Told { get; } = [];

        public void StepDone(int machine) => Told.Add($"{machine}");

        public void CampaignDone() => Told.Add("all");
    }
}
