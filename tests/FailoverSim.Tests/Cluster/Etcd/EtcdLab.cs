using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>
/// An etcd cluster on a bench, each member in a zone of its own. It watches every run: one leader per term at most, and no
/// committed entry lost.
/// </summary>
internal sealed class EtcdLab : ITrace
{
    private readonly Dictionary<long, int> _leaderOfTerm = [];
    private readonly Lab _lab = new();
    private readonly List<ProcessSignals> _members = [];
    private readonly Dictionary<Signal, string> _watched = [];
    private readonly long[] _lastTick;
    private readonly Hand _hand;
    private Simulation? _simulation;

    public EtcdLab(int members, EtcdOptions? options = null, Law? rtt = null, Fidelity fidelity = Fidelity.Elided)
    {
        for (int i = 0; i < members; i++)
        {
            _lab.Machine($"cp-{i + 1}", $"z{i + 1}");
            _members.Add(_lab.Process("etcd", _lab.Machines[i]));
        }
        Network = _lab.Network(rtt ?? new Constant(0.001));
        Processes = new LabProcesses(_lab.Builder, "processes", _members, SimDuration.Never);
        Stages = new ClusterStages(_lab.Builder);
        Cluster = new EtcdCluster(
            _lab.Builder, "etcd", _members, Network, Processes, Stages, options ?? Defaults, fidelity);
        _hand = new Hand(_lab.Builder);
        _lastTick = new long[members];
        EtcdSignals signals = Cluster.Signals;
        _watched[signals.Leader] = "leader";
        _watched[signals.Write] = "write";
        _watched[signals.Quorum] = "quorum";
        _watched[signals.MajorityLostForGood] = "lost";
        for (int i = 0; i < members; i++)
        {
            _watched[signals.Serves[i]] = $"serves-{i + 1}";
        }
    }

    /// <summary>etcd 3.6 with 5 ms per write and no time to start.</summary>
    public static EtcdOptions Defaults { get; } = new()
    {
        Heartbeat = Milliseconds(100),
        ElectionTimeout = Milliseconds(1000),
        PreVote = true,
        Fsync = new Constant(0.005),
        Writes = 20,
        Start = new Constant(0),
        SnapshotTransfer = SimDuration.FromSeconds(30),
        SnapshotCount = 10_000,
        CatchupEntries = 5_000,
        InitialElectionTickAdvance = true,
    };

    public Lab Bench => _lab;

    public Network Network { get; }

    public LabProcesses Processes { get; }

    public ClusterStages Stages { get; }

    public EtcdCluster Cluster { get; }

    public int Count => _members.Count;

    /// <summary>What changed when: <c>leader</c>, <c>write</c>, <c>quorum</c>, <c>serves-1</c> …, in nanoseconds.</summary>
    public List<(long At, string What, bool Value)> Changes { get; } = [];

    /// <summary>What members became when.</summary>
    public List<(long At, int Slot, string State)> States { get; } = [];

    public Simulation Simulation => _simulation ??= Build();

    public long Now => Simulation.Now.Nanoseconds;

    public int Leader => Cluster.LeaderSlot;

    public bool CanWrite => Simulation.Signals[Cluster.Signals.Write];

    public static SimDuration Milliseconds(double value) => SimDuration.FromSeconds(value / 1000);

    public EtcdLab At(double seconds, Action<EtcdLab> act)
    {
        _lab.At(seconds, _ => act(this));
        return this;
    }

    public EtcdLab Run(double seconds, long replication = 0)
    {
        Changes.Clear();
        States.Clear();
        _leaderOfTerm.Clear();
        Simulation.Reset(replication);
        return Go(seconds);
    }

    /// <summary>On until an instant.</summary>
    public EtcdLab Go(double seconds)
    {
        Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(seconds));
        return this;
    }

    /// <summary>Does something now, between two events.</summary>
    public void Do(Action<EtcdLab> act)
    {
        _hand.Act = () => act(this);
        Simulation.FireNow(Simulation.ArmedClocks().First());
    }

    public void Kill(int slot) => Simulation.Drive(_members[slot].Alive, false);

    public void Start(int slot) => Simulation.Drive(_members[slot].Alive, true);

    public void Hang(int slot, bool hangs = true) => Simulation.Drive(_lab.NotHung(_members[slot].Name), !hangs);

    public void Stall(int slot, bool stalls = true) => Simulation.Drive(_members[slot].Disk, !stalls);

    /// <summary>One direction of the way between two members.</summary>
    public void Cut(int from, int to, bool isCut = true) =>
        Simulation.Drive(Network.Way(_lab.Machines[from].Zone, _lab.Machines[to].Zone), !isCut);

    public void Isolate(int slot, bool isCut = true) => Simulation.Drive(_lab.Machines[slot].Network, !isCut);

    /// <summary>A share of what goes from one member to another is lost.</summary>
    public void Lose(int from, int to, double share)
    {
        Network.Losses[(from * Count) + to] = share;
        Simulation.Drive(Network.CleanWay(_lab.Machines[from].Zone, _lab.Machines[to].Zone), share == 0);
    }

    /// <summary>The first time that something changed at or after an instant in seconds; NaN: never.</summary>
    public double When(string what, bool value, double from = 0)
    {
        foreach ((long at, string changed, bool became) in Changes)
        {
            if (changed == what && became == value && at * 1e-9 >= from)
            {
                return at * 1e-9;
            }
        }
        return double.NaN;
    }

    /// <summary>When a member's timer for ticks last fired, in seconds: for a leader whose ticks are events, its last heartbeat.</summary>
    public double LastTickOf(int slot) => _lastTick[slot] * 1e-9;

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
        if (component == Cluster && timer == 0)
        {
            _lastTick[slot] = time.Nanoseconds;
        }
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        if (component != Cluster)
        {
            return;
        }
        States.Add((time.Nanoseconds, slot, state));
        if (state == "leader")
        {
            long term = Cluster.TermOf(slot);
            Assert.True(_leaderOfTerm.TryAdd(term, slot) || _leaderOfTerm[term] == slot, $"two leaders in term {term}");
        }
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        if (_watched.TryGetValue(signal, out string? what))
        {
            Changes.Add((time.Nanoseconds, what, value));
        }
    }

    private Simulation Build()
    {
        Simulation simulation = _lab.Builder.Build(20_240_607);
        simulation.Trace = this;
        return simulation;
    }

    /// <summary>Acts when the test says so.</summary>
    private sealed class Hand : Component
    {
        private readonly LawId _never;

        public Hand(ModelBuilder builder)
            : base(builder, "~hand", 1, 1) => _never = builder.Law(Never.Instance);

        public Action Act { get; set; } = () => { };

        protected internal override void Start() => StartClock(0, 0, _never, double.PositiveInfinity);

        protected internal override void OnTimer(int slot, int timer)
        {
            Act();
            Start();
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }
    }
}
