using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;
using Xunit;

namespace FailoverSim.Tests.Cluster.Scheduling;

/// <summary>Nodes and a scheduler; the test plays the part of those who create and delete pods, and notes what is bound where and when.</summary>
internal sealed class ScheduledCluster : IBinder, ITrace
{
    private readonly List<double> _cycles = [];

    public ScheduledCluster(IReadOnlyList<NodeOptions> nodes, IReadOnlyList<WorkloadOptions> workloads, SchedulerOptions? options = null)
    {
        ModelBuilder builder = Lab.Builder;
        Leads = builder.Condition("scheduler.leads");
        Api = builder.Condition("api.writes");
        Signal other = builder.Condition("other");
        NodeSet set = new([.. nodes], [], [.. Enumerable.Range(0, nodes.Max(n => n.Zone) + 1).Select(z => $"{(char)('a' + z)}")]);
        Workloads = WorkloadSet.Declare(builder, workloads);
        Nodes = new NodeObjects(builder, set, Workloads);
        Scheduler = new Scheduler(builder, options ?? new SchedulerOptions(), new ControlPlane(Api, other, Leads, other, other), Nodes, Workloads);
        Scheduler.BindWith(this);
        NodeOf = new int[Workloads.PodCount];
        Array.Fill(NodeOf, -1);
        Zones = new int[Workloads.PodCount];
        Array.Fill(Zones, -1);
    }

    public Lab Lab { get; } = new();

    public Signal Leads { get; }

    public Signal Api { get; }

    public WorkloadSet Workloads { get; }

    public NodeObjects Nodes { get; }

    public Scheduler Scheduler { get; }

    /// <summary>Node of each pod, −1 for none.</summary>
    public int[] NodeOf { get; }

    /// <summary>Zone of each pod's volume, −1 for none.</summary>
    public int[] Zones { get; }

    public List<(double At, int Pod, int Node)> Bound { get; } = [];

    /// <summary>When a cycle of the scheduler ended, in seconds.</summary>
    public IReadOnlyList<double> Cycles => _cycles;

    /// <summary>Called when a pod has been bound, before it is noted.</summary>
    public Action<int, int>? OnBind { get; set; }

    public Simulation Simulation { get; private set; } = null!;

    public static NodeOptions Node(int number, int zone, long cpu = 10, long memory = 100, int maxPods = 110, int pool = 0, bool exists = true) =>
        new($"node-{number + 1}", number, zone, pool, cpu, memory, maxPods, exists);

    /// <summary>Like nodes, dealt to zones in turn.</summary>
    public static NodeOptions[] Nodes3(int count, int zones = 3, long cpu = 10, long memory = 100, int maxPods = 110) =>
        [.. Enumerable.Range(0, count).Select(n => Node(n, n % zones, cpu, memory, maxPods))];

    public static WorkloadOptions Workload(string name, int replicas, long cpu = 1, long memory = 1) => new()
    {
        Name = name,
        Replicas = replicas,
        Needed = 1,
        Cpu = cpu,
        Memory = memory,
        Sandbox = new Constant(1),
        Start = new Constant(1),
        Stop = new Constant(1),
        Grace = SimDuration.FromSeconds(30),
        Readiness = new ProbeOptions(SimDuration.FromSeconds(10), SimDuration.FromSeconds(1), 3),
        Backoff = RestartBackoff.Default,
        Tolerations = new TolerationOptions(null, null),
    };

    public static SpreadOptions Hard(SpreadBy by, int maxSkew = 1, int minDomains = 0) => new(by, maxSkew, minDomains, IsHard: true);

    public static SpreadOptions Apart(SpreadBy by) => new(by, 1, 0, IsHard: true, IsAntiAffinity: true);

    public ScheduledCluster Run(double seconds)
    {
        Simulation = Lab.Builder.Build(1);
        Simulation.Trace = this;
        Simulation.Reset(0);
        Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(seconds));
        return this;
    }

    public void At(double seconds, Action act) => Lab.At(seconds, _ => act());

    public void Enqueue(double at, params int[] pods) => At(at, () =>
    {
        foreach (int pod in pods)
        {
            Scheduler.Enqueue(pod);
        }
    });

    public void PlaceNow(params int[] pods)
    {
        foreach (int pod in pods)
        {
            NodeOf[pod] = Scheduler.PlaceNow(pod);
            Assert.NotEqual(-1, NodeOf[pod]);
        }
    }

    /// <summary>Deletes a pod that is bound; nothing is left of it.</summary>
    public void Delete(int pod)
    {
        Nodes.Uncount(NodeOf[pod], Workloads.WorkloadOf[pod]);
        Nodes.Release(NodeOf[pod], Workloads.WorkloadOf[pod]);
        NodeOf[pod] = -1;
    }

    public void Drive(double at, Signal signal, bool value) => Lab.At(at, s => s.Drive(signal, value));

    public void Mark(double at, NodeMarks mark, bool value, params IEnumerable<int> nodes) => At(at, () =>
    {
        foreach (int node in nodes)
        {
            Nodes.Mark(node, mark, value);
        }
    });

    public IEnumerable<int> NodesIn(int zone) => Enumerable.Range(0, Nodes.Set.Count).Where(n => Nodes.Set.Options[n].Zone == zone);

    /// <summary>Pods of a workload by zone.</summary>
    public int[] Spread(int workload)
    {
        int[] counts = new int[Nodes.Set.Zones.Length];
        foreach (int node in NodeOf[Workloads.FirstPod[workload]..Workloads.FirstPod[workload + 1]].Where(n => n >= 0))
        {
            counts[Nodes.Set.Options[node].Zone]++;
        }
        return counts;
    }

    public double BoundAt(int pod) => Bound.Where(b => b.Pod == pod).Select(b => b.At).DefaultIfEmpty(double.NaN).Last();

    int IBinder.ZoneOf(int pod) => Zones[pod];

    void IBinder.Bind(int pod, int node)
    {
        OnBind?.Invoke(pod, node);
        Bound.Add((Simulation.Now.Seconds, pod, node));
        NodeOf[pod] = node;
    }

    void ITrace.OnTimer(SimTime time, Component component, int slot, int timer)
    {
        if (component is Scheduler && timer == 0)
        {
            _cycles.Add(time.Seconds);
        }
    }

    void ITrace.OnState(SimTime time, Component component, int slot, string state)
    {
    }

    void ITrace.OnSignal(SimTime time, Signal signal, bool value)
    {
    }
}
