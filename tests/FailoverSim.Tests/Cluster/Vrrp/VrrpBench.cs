using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Vrrp;

namespace FailoverSim.Tests.Cluster.Vrrp;

/// <summary>A VRRP group, each instance on a machine in a zone of its own, with something for its script to look at.</summary>
internal sealed class VrrpBench : IHolders
{
    private readonly double _rtt;

    public VrrpBench(
        int[] priorities,
        VrrpOptions? options = null,
        double rtt = 0,
        Fidelity fidelity = Fidelity.Elided,
        double restart = double.PositiveInfinity)
    {
        _rtt = rtt;
        for (int i = 0; i < priorities.Length; i++)
        {
            MachineSignals machine = Lab.Machine($"m{i}", $"z{i}");
            ProcessSignals proxy = Lab.Process("haproxy", machine);
            Instances.Add(new VrrpInstance(i, Lab.Process("keepalived", machine), priorities[i], new ScriptSubject(proxy.Runs, proxy)));
            Proxies.Add(proxy);
        }
        Network = Lab.Network(new Constant(_rtt));
        LabProcesses processes = new(
            Lab.Builder, "~processes", [.. Instances.Select(i => i.Process)], SimDuration.FromSeconds(restart));
        Group = new VrrpGroup(
            Lab.Builder, "vrrp", options ?? Options(), Instances, Network, processes, [this], new ClusterStages(Lab.Builder), fidelity);
    }

    public Lab Lab { get; } = new();

    public List<VrrpInstance> Instances { get; } = [];

    public List<ProcessSignals> Proxies { get; } = [];

    public Network Network { get; }

    public VrrpGroup Group { get; }

    /// <summary>What the followers were told: seconds, word, slot.</summary>
    public List<(double At, string What, int Slot)> Told { get; } = [];

    public Simulation? Simulation { get; private set; }

    public static VrrpOptions Options(
        int version = 2, double interval = 1, bool preempt = true, double delay = 0, TrackedScript? script = null) =>
        new(version, SimDuration.FromSeconds(interval), preempt, SimDuration.FromSeconds(delay), script);

    public static TrackedScript Script(double interval, double timeout, int fall, int rise, int weight) =>
        new(SimDuration.FromSeconds(interval), SimDuration.FromSeconds(timeout), fall, rise, weight);

    public void Acquired(int slot) => Told.Add((Simulation!.Now.Seconds, "acquired", slot));

    public void Lost(int slot) => Told.Add((Simulation!.Now.Seconds, "lost", slot));

    public void Waiting(int stage) => Told.Add((Simulation!.Now.Seconds, "waiting", -1));

    public void Set(double at, Signal signal, bool value)
    {
        int fault = Lab.Builder.Cause("fault");
        Lab.At(at, simulation =>
        {
            if (!value)
            {
                simulation.Raise(fault);
            }
            simulation.Drive(signal, value);
        });
    }

    public void Cut(double at, int a, int b, bool open)
    {
        Set(at, Network.Way($"z{a}", $"z{b}"), open);
        Set(at, Network.Way($"z{b}", $"z{a}"), open);
    }

    public Simulation Build() => Simulation ??= Lab.Builder.Build(21);

    public void Run(double until, long replication = 0, SignalLog? log = null)
    {
        Simulation simulation = Build();
        Told.Clear();
        simulation.Trace = null;
        simulation.Reset(replication);
        simulation.Trace = log;
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
    }

    /// <summary>When a follower was told so first, at or after an instant; NaN: never.</summary>
    public double First(string what, int slot, double from)
    {
        foreach ((double at, string told, int who) in Told)
        {
            if (told == what && who == slot && at >= from - 1e-9)
            {
                return at;
            }
        }
        return double.NaN;
    }
}
