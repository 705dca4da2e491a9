using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Networking;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Supervision;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>Nodes in zones a, b, c … in turn, each with one agent, switched by the test.</summary>
internal sealed class NetworkBench
{
    public NetworkBench(int nodes, int zones = 1, string agent = "agent")
    {
        string[] names = [.. Enumerable.Range(0, zones).Select(z => ((char)('a' + z)).ToString())];
        for (int i = 0; i < nodes; i++)
        {
            MachineSignals machine = Lab.Machine($"node-{i + 1}", names[i % zones]);
            Agents.Add(Lab.Process(agent, machine));
        }
        Signal always = Lab.Builder.Condition("always");
        Nodes = new NodeSet(
            [.. Lab.Machines.Select((m, i) => new NodeOptions(m.Name, i, i % zones, 0, 16000, 64L << 30))],
            [.. Lab.Machines.Select(m => new NodeSignals(m, Lab.Builder.Gate($"{m.Name}.serves", 2, m.Up, m.Network), always))],
            [.. names]);
        Network = Lab.Network(new Constant(0.001));
        Stages = new ClusterStages(Lab.Builder);
    }

    public Lab Lab { get; } = new();

    public List<ProcessSignals> Agents { get; } = [];

    public NodeSet Nodes { get; }

    public Network Network { get; }

    public ClusterStages Stages { get; }

    /// <summary>Calico's BGP with its defaults: hold 240 s, keepalive 80 s, restart 120 s, retry 5 s.</summary>
    public static CniOptions Bgp { get; } = new(
        RoutesBy.Bgp, SimDuration.FromSeconds(240), SimDuration.FromSeconds(80), SimDuration.FromSeconds(120), SimDuration.FromSeconds(5));

    public static CniOptions Objects { get; } = Bgp with { Routes = RoutesBy.NodeObjects };

    public Signal NotHung(ProcessSignals process) => Lab.NotHung(process.Name);

    public Signal NotHung(MachineSignals machine) => Lab.NotHung(machine.Name);

    public (RouteSet Set, NodeRoutes Routes) Routes(CniOptions options, Fidelity fidelity = Fidelity.Elided, bool agents = true)
    {
        RouteSet set = RouteSet.Declare(Lab.Builder, options, Nodes.Options, Nodes.Zones);
        return (set, new NodeRoutes(Lab.Builder, Nodes, set, Network, agents ? [.. Agents] : null, Stages, fidelity));
    }

    public ImmutableArray<Signal> Proxies() => [.. Agents.Select(a => a.Runs)];

    public WorkloadSet Workloads(params int[] replicas) => WorkloadSet.Declare(Lab.Builder, [.. replicas.Select((count, i) =>
        new WorkloadOptions
        {
            Name = $"app-{i + 1}",
            Replicas = count,
            Needed = 1,
            Cpu = 100,
            Memory = 1 << 20,
            Sandbox = new Constant(1),
            Start = new Constant(1),
            Stop = new Constant(1),
            Grace = SimDuration.FromSeconds(30),
            Readiness = new ProbeOptions(SimDuration.FromSeconds(10), SimDuration.FromSeconds(1), 3),
            Backoff = RestartBackoff.Default,
            Tolerations = new TolerationOptions(SimDuration.FromSeconds(300), SimDuration.FromSeconds(300)),
        })]);

    public SignalLog Run(double seconds, long replication, ulong seed, params Signal[] watched)
    {
        Simulation simulation = Lab.Builder.Build(seed);
        SignalLog log = new(watched);
        simulation.Trace = log;
        simulation.Reset(replication);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(seconds));
        Events = simulation.Events;
        return log;
    }

    public long Events { get; private set; }
}
