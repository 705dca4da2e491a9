using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Operations;

/// <summary>A workload of the floor: pods, and how many of them its budget wants healthy.</summary>
internal sealed record Sort(int Replicas, int MinHealthy = 0, int MaxSkew = 0, bool IsBoundToZone = false);

/// <summary>Nodes dealt to zones in turn, pods with budgets, and a control plane to be switched by the test.</summary>
internal sealed class Floor : IDrained
{
    private readonly Lab _lab;
    private Simulation? _simulation;

    public Floor(
        int nodes, IReadOnlyList<Sort> sorts, int spares = 0, int zones = 1, Fidelity fidelity = Fidelity.Elided,
        Func<int, int>? initially = null, double grace = 3.5, bool randomGrace = false, (double, double)? boot = null, int mostPerNode = 1000)
    {
        _lab = new Lab();
        string[] names = [.. Enumerable.Range(0, zones).Select(z => ((char)('a' + z)).ToString())];
        NodeOptions[] options = [.. Enumerable.Range(0, nodes + spares).Select(
            i => new NodeOptions($"n-{i}", i, i % zones, 0, 1, 1, Exists: i < nodes))];
        NodeSignals[] signals = [.. options.Select(o => _lab.Machine(o.Name, names[o.Zone])).Select(
            m => new NodeSignals(m, m.Up, m.Up))];
        Set = new NodeSet([.. options], [.. signals], [.. names]);
        Nodes = new NodeObjects(Builder, Set);
        Control = new ControlPlane(On("api"), On("controllers"), On("scheduler"), On("ccm"), On("cloud-api"));
        Workloads = WorkloadSet.Declare(Builder, [.. sorts.Select(Options)]);
        Machines = new NodeDouble(Builder, Nodes, Control.CloudApi, boot ?? (100, 100));
        Pods = new PodDouble(Builder, Nodes, Workloads, Machines, () => Control.Api)
        {
            Initially = initially,
            LongestGrace = grace,
            GraceIsRandom = randomGrace,
            MostPerNode = mostPerNode,
        };
        Drains = new Drains(Builder, Nodes, Pods, Workloads, Control.Api, fidelity);
        Machines.Watchers.Add(Pods);
        Machines.Watchers.Add(Drains);
        Pods.Leavers.Add(Drains);
        Pods.BudgetWatchers.Add(Drains);
    }

    public ModelBuilder Builder => _lab.Builder;

    public NodeSet Set { get; }

    public NodeObjects Nodes { get; }

    public ControlPlane Control { get; }

    public WorkloadSet Workloads { get; }

    public NodeDouble Machines { get; }

    public PodDouble Pods { get; }

    public Drains Drains { get; }

    public Simulation Simulation => _simulation ??= Builder.Build(11);

    public List<(double At, int Node)> DrainedAt { get; } = [];

    /// <summary>What has happened to pods, such as <c>10 evict w-0/1</c>.</summary>
    public string Happened => string.Join(", ", Pods.Told.Select(t => $"{Text(t.At)} {t.What}"));

    /// <summary>What has happened to machines.</summary>
    public IEnumerable<string> Of(string what) =>
        Machines.Told.Where(t => t.What.StartsWith(what, StringComparison.Ordinal)).Select(t => $"{Text(t.At)} {t.What}");

    /// <summary>When which nodes were drained, such as <c>14 n-0</c>.</summary>
    public string Drained => string.Join(", ", DrainedAt.Select(d => $"{Text(d.At)} n-{d.Node}"));

    public void At(double seconds, Action act) => _lab.At(seconds, _ => act());

    public void Repeatedly(double first, Func<Draws, double> act) => _lab.Repeatedly(first, (_, draws) => act(draws));

    /// <summary>A signal of the control plane is down for a while.</summary>
    public void Out(Signal signal, double from, double to)
    {
        At(from, () => Simulation.Drive(signal, false));
        At(to, () => Simulation.Drive(signal, true));
    }

    public Floor Play(double seconds, long replication = 0)
    {
        Pods.Told.Clear();
        Machines.Told.Clear();
        DrainedAt.Clear();
        Simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(seconds));
        return this;
    }

    public long CountOf(string counter) => Simulation.CountOf(Builder.Counter(counter));

    void IDrained.Drained(int node) => DrainedAt.Add((Simulation.Now.Seconds, node));

    private static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    private Signal On(string name) => Builder.Condition(name);

    private static WorkloadOptions Options(Sort sort, int number) => new()
    {
        Name = $"w-{number}",
        Replicas = sort.Replicas,
        Needed = 1,
        Cpu = 1,
        Memory = 1,
        Sandbox = new Constant(0),
        Start = new Constant(10),
        Stop = new Constant(1),
        Grace = SimDuration.FromSeconds(30),
        Readiness = new ProbeOptions(SimDuration.FromSeconds(10), SimDuration.FromSeconds(1), 3),
        Backoff = RestartBackoff.Default,
        Tolerations = new TolerationOptions(null, null),
        MinHealthy = sort.MinHealthy,
        Spread = sort.MaxSkew == 0 ? [] : [new SpreadOptions(SpreadBy.Zone, sort.MaxSkew, 0, false)],
        Volume = sort.IsBoundToZone ? new VolumeOptions(true, SimDuration.FromSeconds(360), new Constant(1)) : null,
    };
}
