using System.Collections.Immutable;
using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;
using Xunit;

namespace FailoverSim.Tests.Cluster.Workloads;

/// <summary>
/// Pods on nodes whose signals and marks the test sets; a scheduler binds each after 10 ms. Unless told otherwise, sandboxes
/// take 0.5 s, starts 2 s, first probes 1 s, ways into the rules 0.25 s, and containers stop within 3 s.
/// </summary>
internal sealed class PodBench : ITrace
{
    private readonly Dictionary<string, List<(double At, string What)>> _told = [];
    private readonly List<Signal> _hears = [];
    private readonly List<Signal> _agents = [];
    private readonly List<Signal> _runtimes = [];
    private readonly HashSet<int> _marked = [];
    private Simulation? _simulation;

    public PodBench(int nodes, PodsOptions? options, params WorkloadOptions[] workloads)
    {
        Stages = new ClusterStages(Builder);
        List<NodeSignals> signals = [];
        for (int node = 0; node < nodes; node++)
        {
            MachineSignals machine = Lab.Machine($"n{node}");
            _hears.Add(Builder.Condition($"n{node}.hears"));
            _agents.Add(Builder.Condition($"n{node}.agent"));
            _runtimes.Add(Builder.Condition($"n{node}.runtime"));
            signals.Add(new NodeSignals(
                machine,
                Builder.Gate($"n{node}.serves", 2, machine.Up, machine.Network),
                Builder.Gate($"n{node}.heartbeats", 3, machine.Up, machine.Network, _hears[node]))
            {
                Runtime = new RuntimeSignals(_runtimes[node], _runtimes[node], _runtimes[node]),
            });
        }
        Set = new NodeSet(
            [.. Enumerable.Range(0, nodes).Select(i => new NodeOptions($"n{i}", i, i % 3, 0, 100_000, 1L << 40))], [.. signals], ["a", "b", "c"]);
        ControlPlane = new ControlPlane(
            Builder.Condition("api"), Builder.Condition("controllers"), Builder.Condition("scheduler"),
            Builder.Condition("cloud-controllers"), Builder.Condition("cloud-api"));
        Registry = Builder.Condition("registry");
        Workloads = WorkloadSet.Declare(Builder, workloads);
        Nodes = new NodeObjects(Builder, Set, Workloads);
        Scheduler = new StubScheduler(Builder, Nodes, Workloads);
        options = (options ?? Common) with { Registry = Registry, CanSetUp = [.. _agents] };
        Pods = new Pods(Builder, options, Workloads, Nodes, Scheduler, ControlPlane, Stages);
        Scheduler.Binder = Pods;
        Endpoints = new EndpointLog(this);
        Pods.WatchedBy(Endpoints);
        for (int w = 0; w < workloads.Length; w++)
        {
            Builder.Service(workloads[w].Name, Workloads.Up[w], Workloads.Up[w], []);
        }
        Kind = Builder.Cause("fault");
    }

    public static PodsOptions Common { get; } = new()
    {
        Propagation = new Constant(0.25),
        Relist = new Constant(0.5),
        FirstProbe = new Constant(1),
        PullBackoff = S(10),
        PullBackoffMax = S(300),
        SetUpRetry = new Constant(1),
        Registry = default,
        MostFaults = 4,
    };

    public Lab Lab { get; } = new();
    public ModelBuilder Builder => Lab.Builder;
    public ClusterStages Stages { get; }
    public NodeSet Set { get; }
    public ControlPlane ControlPlane { get; }
    public Signal Registry { get; }
    public WorkloadSet Workloads { get; }
    public NodeObjects Nodes { get; }
    public StubScheduler Scheduler { get; }
    public Pods Pods { get; }
    public EndpointLog Endpoints { get; }
    public int Kind { get; }
    public Simulation Simulation => _simulation ??= Builder.Build(7);
    public ServiceRow[] Rows { get; private set; } = [];

    /// <summary>Called between events, when all has settled.</summary>
    public Action? Check { get; set; }

    public static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);

    public static WorkloadOptions Deployment(string name = "app", int replicas = 1) => new()
    {
        Name = name,
        Replicas = replicas,
        Needed = 1,
        Cpu = 1,
        Memory = 1,
        Sandbox = new Constant(0.5),
        Start = new Constant(2),
        Stop = new Constant(3),
        Grace = S(30),
        Readiness = new ProbeOptions(S(10), S(1), 3),
        Backoff = RestartBackoff.Default,
        Tolerations = new TolerationOptions(S(300), S(300)),
    };

    public static WorkloadOptions StatefulSet(string name = "app", int replicas = 1, double attach = 10, bool volume = true) =>
        Deployment(name, replicas) with
        {
            AtMostOne = true,
            Volume = volume ? new VolumeOptions(BoundToZone: false, S(360), new Constant(attach)) : null,
        };

    public void At(double seconds, Action<Simulation> act) => Lab.At(seconds, act);

    /// <summary>Something befalls the model at an instant: a new cause.</summary>
    public void Fault(double seconds, Action<Simulation> act) => Lab.At(seconds, s =>
    {
        s.Raise(Kind);
        act(s);
    });

    /// <summary>A fault of a pod.</summary>
    public void Strike(double at, double lasts, int pod, Affliction what, bool restarted = false)
    {
        Cause cause = default;
        Lab.At(at, s =>
        {
            cause = s.Raise(Kind);
            Pods.Strike(pod, what, 0, Stages.Repair);
        });
        if (double.IsFinite(lasts))
        {
            Lab.At(at + lasts, s =>
            {
                s.Resume(cause);
                Pods.End(pod, what, 0, restarted);
            });
        }
    }

    public void Power(Simulation simulation, int node, bool value) => simulation.Drive(Lab.Machines[node].Powered, value, Stages.Outage);

    public void Net(Simulation simulation, int node, bool value) => simulation.Drive(Lab.Machines[node].Network, value, Stages.Outage);

    public void Hears(Simulation simulation, int node, bool value) => simulation.Drive(_hears[node], value, Stages.Outage);

    public void Agent(Simulation simulation, int node, bool value) => simulation.Drive(_agents[node], value, Stages.Outage);

    public void Runtime(Simulation simulation, int node, bool value) => simulation.Drive(_runtimes[node], value, Stages.Restart);

    public bool HasRuntime(int node) => Simulation.Signals[_runtimes[node]];

    /// <summary>The node controller has marked the pods of a node as not ready.</summary>
    public bool IsMarked(int node) => _marked.Contains(node);

    public void MarkNotReady(int node)
    {
        _marked.Add(node);
        Nodes.Mark(node, NodeMarks.NotReady, true);
        Pods.NotReady(node);
    }

    /// <summary>Its kubelet says that it is not ready; pods are not marked for that.</summary>
    public void SayNotReady(int node)
    {
        bool isNews = !Nodes.Is(node, NodeMarks.NotReady);
        Nodes.Mark(node, NodeMarks.NotReady | NodeMarks.SaysNotReady, true);
        if (isNews)
        {
            Pods.NotReady(node);
        }
    }

    public void MarkReady(int node)
    {
        _marked.Remove(node);
        Nodes.Mark(node, NodeMarks.NotReady | NodeMarks.SaysNotReady, false);
        Pods.Ready(node);
    }

    /// <summary>Node of a pod at the moment.</summary>
    public int NodeOf(int pod) => Pods.Inside.Pods[pod].Node;

    public PodBench Play(double seconds, long replication = 0)
    {
        Simulation.Trace = this;
        Rows = Simulation.Run(replication, SimDuration.Zero, S(seconds));
        return this;
    }

    /// <summary>What a signal or pod did, in seconds: <c>100-</c>, <c>102 Starting</c>.</summary>
    public string Of(string name, double from = 0) => string.Join(' ', _told.GetValueOrDefault(name, [])
        .Where(t => t.At >= from).Select(t => $"{Text(t.At)}{t.What}"));

    public string Serving(int pod = 0) => Of(Workloads.NameOf(pod));

    public string States(int pod = 0, double from = 0) => Of(Pods.EntityName(pod), from);

    public double[] Instants(int pod, string state) =>
        [.. _told.GetValueOrDefault(Pods.EntityName(pod), []).Where(t => t.What == $" {state}").Select(t => t.At)];

    /// <summary>When the condition of a pod changed to a value.</summary>
    public double[] Served(int pod, bool value) =>
        [.. _told.GetValueOrDefault(Workloads.NameOf(pod), []).Where(t => t.What == (value ? "+" : "-")).Select(t => t.At)];

    /// <summary>Down time of a workload by stage, in seconds.</summary>
    public string DownByStage(int workload = 0)
    {
        ResultNames names = Simulation.NamesFor(S(1));
        return string.Join(", ", Rows[workload].DownByStage.Select((share, i) => (share, i)).Where(s => s.share > 0)
            .Select(s => $"{names.Stages[s.i]} {Text(s.share / 1e9)}"));
    }

    public static string Text(double seconds) => Math.Round(seconds, 6).ToString(CultureInfo.InvariantCulture);

    public void OnTimer(SimTime time, Component component, int slot, int timer) => Check?.Invoke();

    public void OnState(SimTime time, Component component, int slot, string state) =>
        Tell(component.EntityName(slot), time, $" {state}");

    public void OnSignal(SimTime time, Signal signal, bool value) => Tell(Simulation.Signals.NameOf(signal), time, value ? "+" : "-");

    private void Tell(string name, SimTime time, string what)
    {
        if (!_told.TryGetValue(name, out List<(double At, string What)>? told))
        {
            _told[name] = told = [];
        }
        told.Add((time.Nanoseconds / 1e9, what));
    }
}

/// <summary>Binds each pod after 10 ms to the free node with the fewest pods, or looks again every second.</summary>
internal sealed class StubScheduler : Component, IScheduling
{
    private readonly NodeObjects _nodes;
    private readonly WorkloadSet _workloads;

    public StubScheduler(ModelBuilder builder, NodeObjects nodes, WorkloadSet workloads)
        : base(builder, "stub-scheduler", workloads.PodCount, 1)
    {
        _nodes = nodes;
        _workloads = workloads;
        NodeOrder = [.. Enumerable.Range(0, nodes.Set.Count)];
    }

    public IBinder Binder { get; set; } = null!;

    /// <summary>Nodes in the order in which equals are preferred.</summary>
    public ImmutableArray<int> NodeOrder { get; set; }

    public int PlaceNow(int pod)
    {
        int best = -1;
        foreach (int node in NodeOrder)
        {
            WorkloadOptions asks = _workloads.Options[_workloads.WorkloadOf[pod]];
            bool fits = _nodes.IsSchedulable(node) && _nodes.FreeOn(node).Fits(asks.Cpu, asks.Memory)
                && Binder.ZoneOf(pod) is var zone && (zone < 0 || zone == _nodes.Set.Options[node].Zone);
            if (fits && (best < 0 || _nodes.FreeOn(node).Pods > _nodes.FreeOn(best).Pods))
            {
                best = node;
            }
        }
        if (best >= 0)
        {
            _nodes.Take(best, _workloads.WorkloadOf[pod]);
        }
        return best;
    }

    public void Enqueue(int pod) => ArmAfter(pod, 0, SimDuration.FromSeconds(0.01));

    public void Withdraw(int pod) => Disarm(pod, 0);

    public bool Waits(int pod) => IsArmed(pod, 0);

    protected internal override void Start()
    {
    }

    protected internal override void OnTimer(int slot, int timer)
    {
        int node = PlaceNow(slot);
        if (node >= 0)
        {
            Binder.Bind(slot, node);
        }
        else
        {
            ArmAfter(slot, 0, SimDuration.FromSeconds(1));
        }
    }

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }
}

/// <summary>What the rules of the nodes lead to, as a watcher of endpoints sees it: told of changes only.</summary>
internal sealed class EndpointLog(PodBench bench) : IEndpointWatcher
{
    private readonly Dictionary<int, bool> _in = [];
    private readonly Dictionary<int, bool> _answers = [];

    public List<(double At, int Pod, bool IsIn)> Changes { get; } = [];

    public bool IsIn(int pod) => _in.GetValueOrDefault(pod, true);

    public bool Answers(int pod) => _answers.GetValueOrDefault(pod, true);

    void IEndpointWatcher.Published(int pod, bool isIn)
    {
        Assert.NotEqual(isIn, IsIn(pod));
        _in[pod] = isIn;
        Changes.Add((bench.Simulation.Now.Nanoseconds / 1e9, pod, isIn));
    }

    void IEndpointWatcher.Answers(int pod, bool answers)
    {
        Assert.NotEqual(answers, Answers(pod));
        _answers[pod] = answers;
    }
}
