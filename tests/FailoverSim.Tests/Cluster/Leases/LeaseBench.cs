using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Leases;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>A lease whose candidates' processes and routes the test switches.</summary>
internal sealed class LeaseBench
{
    public static readonly LeaseTimers Defaults = Timers(15, 10, 2);

    public static readonly Law Rtt = new Constant(0.01);

    private readonly List<ProcessSignals> _processes = [];
    private readonly List<Signal> _accepts = [];

    public LeaseBench(int candidates, LeaseTimers? timers = null, Fidelity fidelity = Fidelity.Elided, Law? call = null,
        double sync = 0, double restart = double.PositiveInfinity, bool nodeIdentity = false, IHolders? follower = null)
    {
        call ??= Rtt;
        Commits = Lab.Builder.Condition("api.commits");
        List<LeaseCandidate> candidacies = [];
        for (int i = 0; i < candidates; i++)
        {
            ProcessSignals process = Lab.Process("kcm", Lab.Machine($"cp-{i + 1}"));
            _processes.Add(process);
            _accepts.Add(Lab.Builder.Condition($"api.accepts/{i + 1}"));
            candidacies.Add(new LeaseCandidate(process, new ApiRoute(_accepts[i], Commits, call, call), new Constant(sync)));
        }
        Processes = new LabProcesses(Lab.Builder, "processes", _processes, SimDuration.FromSeconds(restart));
        Stages = new ClusterStages(Lab.Builder);
        Electors = new Electors(Lab.Builder, new ElectorOptions("kcm", timers ?? Defaults, nodeIdentity), candidacies, Processes,
            follower is null ? [] : [follower], Stages, fidelity);
    }

    public Lab Lab { get; } = new();

    public Electors Electors { get; }

    public LabProcesses Processes { get; }

    public ClusterStages Stages { get; }

    public Signal Commits { get; }

    public IReadOnlyList<ProcessSignals> Candidates => _processes;

    public static LeaseTimers Timers(double duration, double deadline, double retry, bool release = false) =>
        new(SimDuration.FromSeconds(duration), SimDuration.FromSeconds(deadline), SimDuration.FromSeconds(retry), release);

    public Signal Accepts(int slot) => _accepts[slot];

    public Signal NotHung(int slot) => Lab.NotHung(_processes[slot].Name);

    public void Kill(Simulation simulation, int slot) => simulation.Drive(_processes[slot].Alive, false);

    public void Start(Simulation simulation, int slot) => simulation.Drive(_processes[slot].Alive, true);

    /// <summary>Something happens to the holder of the moment, and ends.</summary>
    public void ToHolder(double at, Action<Simulation, int> act) => Lab.At(at, s => act(s, Electors.HolderSlot));

    /// <summary>From an instant until somebody holds the lease again, once per replication.</summary>
    public double[] Samples(int replications, double from, double until, ulong seed = 1)
    {
        Simulation simulation = Lab.Builder.Build(seed);
        SignalLog log = new(Electors.Held);
        simulation.Trace = log;
        double[] samples = new double[replications];
        for (int r = 0; r < replications; r++)
        {
            log.Changes.Clear();
            simulation.Reset(r);
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
            Assert.True(simulation.Signals[Electors.Held]);
            samples[r] = (log.Changes[^1].At * 1e-9) - from;
        }
        Array.Sort(samples);
        return samples;
    }
}
