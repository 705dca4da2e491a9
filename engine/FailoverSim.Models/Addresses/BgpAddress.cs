using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;

namespace FailoverSim.Models.Addresses;

/// <summary>
/// A virtual address that every node announces and the router spreads traffic over (kube-vip in BGP mode, cmd/kube-vip.go;
/// RFC 4271 §4.4, §6.5).
/// </summary>
/// <remarks>
/// A process that ends on a live machine closes its session: the route goes at once. One that falls silent keeps its route until the
/// hold time has passed since it was last heard; if it is back earlier, nothing has happened.
/// </remarks>
public sealed class BgpAddress : Component
{
    private const int HoldTimer = 0;
    private const int ConnectTimer = 1;
    private const int CheckTimer = 2;

    /// <summary>Exhaustive only.</summary>
    private const int KeepaliveTimer = 3;

    private static readonly Purpose Phases = Purpose.Named("phase");
    private static readonly Purpose Connecting = Purpose.Named("connect");

    private readonly ImmutableArray<BgpSpeaker> _speakers;
    private readonly ImmutableArray<LawId> _connects;
    private readonly ClusterStages _stages;
    private readonly BgpOptions _options;
    private readonly bool _elided;
    private readonly State<Node> _nodes;
    private readonly State<Standing> _standing;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="speakers">Who announces; sessions of those that run at t = 0 have existed for long.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="fidelity">Whether keepalives and checks that change nothing are simulated; both are strictly periodic.</param>
    public BgpAddress(
        ModelBuilder builder, BgpOptions options, IReadOnlyList<BgpSpeaker> speakers, ClusterStages stages, Fidelity fidelity)
        : base(builder, $"address/{options.Name}", speakers.Count, 4)
    {
        _options = options;
        _speakers = [.. speakers];
        _connects = [.. speakers.Select(s => builder.Law(s.Connects))];
        _stages = stages;
        _elided = fidelity == Fidelity.Elided;
        Reaches = builder.Condition($"{Name}.reaches");
        Share = builder.Level();
        _nodes = NewState<Node>(Count);
        _standing = NewState<Standing>(1);
        for (int slot = 0; slot < Count; slot++)
        {
            BgpSpeaker speaker = speakers[slot];
            foreach (Signal signal in new[]
            {
                speaker.Process.Alive, speaker.Process.Runs, speaker.Host, speaker.Backend, speaker.BackendAccepts,
            }.Distinct())
            {
                builder.Observe(signal, this, slot);
            }
        }
    }

    /// <summary>Some node that the router sends traffic to works.</summary>
    public Signal Reaches { get; }

    /// <summary>Share of the traffic that goes to nodes that work: routes are used alike.</summary>
    public Level Share { get; }

    /// <summary>The router has a node's route.</summary>
    public bool IsAnnounced(int slot) => _nodes[slot].Route;

    public override string EntityName(int slot) => $"{Name}/{_speakers[slot].Process.Machine.Name}";

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            if (Is(_speakers[slot].Process.Alive))
            {
                Draws draws = DrawsFor(slot, Phases, 0);
                _nodes[slot].Alive = _nodes[slot].Session = _nodes[slot].Route = _nodes[slot].Healthy = true;
                _nodes[slot].HeardPhase = _nodes[slot].LastHeard = Ago(draws.NextUniform(), _options.Keepalive);
                _nodes[slot].CheckPhase = _options.Check is { } check ? Ago(draws.NextUniform(), check.Period) : 0;
                TickInFull(slot);
            }
            ReactWhenSettled(slot);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref Node node = ref _nodes[slot];
        switch (timer)
        {
            case HoldTimer:
                node.Route = node.Session = false;
                Simulation.Trace?.OnNote(Now, this, slot, "the router has heard nothing for the hold time and withdraws the route");
                Reconnect(slot);
                break;
            case ConnectTimer when IsHeard(slot):
                node.Session = true;
                node.Route = node.Healthy;
                node.HeardPhase = node.LastHeard = Now.Nanoseconds;
                Disarm(slot, HoldTimer);
                TickInFull(slot);
                break;
            case CheckTimer:
                Check(slot);
                break;
            case KeepaliveTimer:
                Keepalive(slot);
                break;
        }
        Review();
    }

    protected override void OnSignal(int slot)
    {
        ref Node node = ref _nodes[slot];
        ProcessSignals process = _speakers[slot].Process;
        bool alive = Is(process.Alive);
        if (node.Alive && !alive)
        {
            End(slot);
        }
        else if (alive && !node.Alive)
        {
            node.Alive = node.Healthy = true;
            node.CheckPhase = Now.Nanoseconds;
        }
        if (!IsHeard(slot))
        {
            Disarm(slot, ConnectTimer);
            if ((node.Session || node.Route) && !IsArmed(slot, HoldTimer))
            {
                ArmAt(slot, HoldTimer, new SimTime(LastHeard(slot)) + _options.Hold);
            }
        }
        else if (node.Session)
        {
            if (IsArmed(slot, HoldTimer))
            {
                // What was not sent, or not acknowledged, arrives now.
                Disarm(slot, HoldTimer);
                node.LastHeard = Now.Nanoseconds;
            }
            node.Route = node.Healthy;
        }
        else
        {
            Reconnect(slot);
        }
        if (alive)
        {
            WatchBackend(slot);
        }
        Review();
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Node node = ref _nodes[slot];
        int flags = (node.Alive ? 1 : 0) | (node.Session ? 2 : 0) | (node.Route ? 4 : 0) | (node.Healthy ? 8 : 0)
            | (node.Checking ? 16 : 0);
        writer.Add((long)flags);
        writer.Add((long)node.Failures);
        writer.Add(new PeriodicLoop(node.HeardPhase, _options.Keepalive.Nanoseconds).Last(Now.Nanoseconds) - Now.Nanoseconds);
        writer.Add(_options.Check is { } check
            ? new PeriodicLoop(node.CheckPhase, check.Period.Nanoseconds).Last(Now.Nanoseconds) - Now.Nanoseconds
            : 0);
    }

    private static long Ago(double share, SimDuration period) => -(long)(share * period.Nanoseconds);

    private bool Is(Signal signal) => Simulation.Signals[signal];

    /// <summary>Its keepalives are sent and arrive.</summary>
    private bool IsHeard(int slot) => Is(_speakers[slot].Process.Runs) && Is(_speakers[slot].Host);

    private long LastHeard(int slot)
    {
        ref Node node = ref _nodes[slot];
        PeriodicLoop loop = new(node.HeardPhase, _options.Keepalive.Nanoseconds);
        return _elided ? Math.Max(loop.Last(PassedUntil(slot, KeepaliveTimer)), node.LastHeard) : node.LastHeard;
    }

    /// <summary>The process has ended: on a live machine its connection is closed, else the router knows nothing.</summary>
    private void End(int slot)
    {
        ref Node node = ref _nodes[slot];
        long heard = LastHeard(slot);
        bool route = node.Route && !Is(_speakers[slot].Host);
        node = new Node { Route = route, LastHeard = heard, HeardPhase = node.HeardPhase, Connections = node.Connections };
        Disarm(slot, CheckTimer);
        Disarm(slot, KeepaliveTimer);
        if (!route)
        {
            Disarm(slot, HoldTimer);
        }
    }

    private void Reconnect(int slot)
    {
        ref Node node = ref _nodes[slot];
        if (!node.Session && node.Alive && IsHeard(slot) && !IsArmed(slot, ConnectTimer))
        {
            double takes = Draw(slot, _connects[slot], Connecting, node.Connections++);
            ArmAfter(slot, ConnectTimer, SimDuration.FromSeconds(takes));
        }
    }

    /// <summary>The loop of checks is quiet while they succeed.</summary>
    private void WatchBackend(int slot)
    {
        ref Node node = ref _nodes[slot];
        if (_options.Check is null)
        {
            return;
        }
        BgpSpeaker speaker = _speakers[slot];
        bool decided = Is(speaker.Backend) || !Is(speaker.BackendAccepts);
        if (node.Checking && decided && Is(speaker.Process.Runs))
        {
            Conclude(slot, Is(speaker.Backend));
        }
        else if (!IsArmed(slot, CheckTimer) && (!_elided || !Is(speaker.Backend) || !node.Healthy))
        {
            ArmNextCheck(slot);
        }
    }

    private void ArmNextCheck(int slot)
    {
        PeriodicLoop loop = new(_nodes[slot].CheckPhase, _options.Check!.Period.Nanoseconds);
        ArmAt(slot, CheckTimer, new SimTime(Math.Max(loop.At(1), loop.Next(PassedUntil(slot, CheckTimer)))));
    }

    private void Check(int slot)
    {
        ref Node node = ref _nodes[slot];
        BgpSpeaker speaker = _speakers[slot];
        bool works = Is(speaker.Backend);
        if (!Is(speaker.Process.Runs))
        {
            node.Checking = false;
            ArmNextCheck(slot);
        }
        else if (node.Checking || works || !Is(speaker.BackendAccepts))
        {
            Conclude(slot, works);
        }
        else
        {
            node.Checking = true;
            ArmAfter(slot, CheckTimer, _options.Check!.Timeout);
        }
    }

    private void Conclude(int slot, bool succeeded)
    {
        ref Node node = ref _nodes[slot];
        node.Checking = false;
        node.Failures = succeeded ? 0 : node.Failures + 1;
        node.Healthy = succeeded || (node.Healthy && node.Failures < _options.Check!.Failures);
        if (node.Session && IsHeard(slot))
        {
            node.Route = node.Healthy;
        }
        if (_elided && succeeded)
        {
            Disarm(slot, CheckTimer);
        }
        else
        {
            ArmNextCheck(slot);
        }
    }

    private void TickInFull(int slot)
    {
        if (!_elided)
        {
            _nodes[slot].LastHeard = new PeriodicLoop(_nodes[slot].HeardPhase, _options.Keepalive.Nanoseconds).Last(Now.Nanoseconds);
            Keepalive(slot);
        }
    }

    private void Keepalive(int slot)
    {
        ref Node node = ref _nodes[slot];
        PeriodicLoop loop = new(node.HeardPhase, _options.Keepalive.Nanoseconds);
        node.LastHeard = IsHeard(slot) ? loop.Last(Now.Nanoseconds) : node.LastHeard;
        ArmAt(slot, KeepaliveTimer, new SimTime(loop.Next(Now.Nanoseconds)));
    }

    private void Review()
    {
        int routes = 0;
        int works = 0;
        bool expires = false;
        bool connects = false;
        for (int slot = 0; slot < Count; slot++)
        {
            bool well = Is(_speakers[slot].Host) && Is(_speakers[slot].Backend);
            routes += _nodes[slot].Route ? 1 : 0;
            works += _nodes[slot].Route && well ? 1 : 0;
            expires |= IsArmed(slot, HoldTimer);
            connects |= IsArmed(slot, ConnectTimer);
        }
        ref Standing standing = ref _standing[0];
        int stage = connects ? _stages.Reconnect : expires ? _stages.Expire : routes > 0 ? _stages.Detect : _stages.Restart;
        standing.Reaches.Show(Simulation, Reaches, works > 0, stage);
        int missing = routes == 0 ? Level.Whole : (int)((long)Level.Whole * (routes - works) / routes);
        if (missing != standing.Missing)
        {
            standing.Missing = missing;
            Simulation.SetLevel(Share, Level.Whole - missing);
        }
    }

    private struct Node
    {
        public bool Alive;

        /// <summary>The process has a session with the router.</summary>
        public bool Session;

        /// <summary>The router has the route.</summary>
        public bool Route;

        /// <summary>The checks have not withdrawn it.</summary>
        public bool Healthy;

        /// <summary>A check is waiting for its answer.</summary>
        public bool Checking;

        public int Failures;
        public int Connections;

        /// <summary>A keepalive of the session, which tells them all.</summary>
        public long HeardPhase;

        /// <summary>When a message was last heard, as far as it was noted.</summary>
        public long LastHeard;

        /// <summary>Start of the checks.</summary>
        public long CheckPhase;
    }

    private struct Standing
    {
        /// <summary>Share of the traffic that is lost, in parts of the whole.</summary>
        public int Missing;

        public Shown Reaches;
    }
}
