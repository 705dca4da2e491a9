using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Networking;

/// <summary>
/// The routes to each node's pods in the kernels of the others. They are sticky: an agent that dies takes nothing down by itself.
/// </summary>
/// <remarks>
/// <para>
/// BGP (RFC 4271, RFC 4724; BIRD 1.6 as in calico-node). A slot is a node with all of its peers, as one session, or the sessions between the
/// nodes of two zones. Who is not heard (dead, hung, cut off) is forgotten when the hold time has passed since its last keepalive;
/// who closes its connection (the agent dies on a live machine) is kept for the restart time. A node that is back
/// before then has lost nothing. One that was forgotten is routed to again once it has a session: pods that run meanwhile
/// on a live node cannot be reached from others, while its kubelet, on the host's own address, keeps it Ready.
/// </para>
/// <para>
/// Routes from Node objects go with the object and come when the node's agent runs and its object is there; deltas of well under a second are
/// left out.
/// </para>
/// <para>
/// Peers draw their timers apart, and each forgets a silent node by itself; here they do as one. Keepalives come at their mean
/// period, (1 − jitter/2) × keepalive time, where BIRD's gaps spread by a quarter: the age of the last one is then uniform.
/// </para>
/// </remarks>
public sealed class NodeRoutes : Component, INodeWatcher
{
    /// <summary>Peers forget.</summary>
    private const int ForgetTimer = 0;
    private const int ConnectTimer = 1;

    /// <summary>Exhaustive only.</summary>
    private const int KeepaliveTimer = 2;

    private static readonly Purpose Phases = Purpose.Named("phase");
    private static readonly Purpose Holding = Purpose.Named("hold");
    private static readonly Purpose Connecting = Purpose.Named("connect");

    private readonly NodeSet _nodes;
    private readonly RouteSet _routes;
    private readonly CniOptions _options;
    private readonly ClusterStages _stages;
    private readonly bool _elided;
    private readonly long _keepalive;
    private readonly ImmutableArray<ProcessSignals>? _agents;
    private readonly ImmutableArray<(Signal There, Signal Back)> _ways;
    private readonly State<Speaker> _speakers;

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">All places for nodes.</param>
    /// <param name="routes">What is driven.</param>
    /// <param name="network">The ways between zones.</param>
    /// <param name="agents">calico-node or flanneld of each node; null: nothing befalls it but what befalls its machine.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="fidelity">Whether keepalives are simulated.</param>
    public NodeRoutes(
        ModelBuilder builder, NodeSet nodes, RouteSet routes, Network network, ImmutableArray<ProcessSignals>? agents,
        ClusterStages stages, Fidelity fidelity)
        : base(builder, "routes", nodes.Count + routes.ZonePairs.Length, routes.Options.Routes == RoutesBy.Bgp ? 3 : 0)
    {
        _nodes = nodes;
        _routes = routes;
        _options = routes.Options;
        _stages = stages;
        _elided = fidelity == Fidelity.Elided;
        _keepalive = SimDuration.FromSeconds(_options.KeepaliveTime.Seconds * (1 - (_options.Jitter / 2))).Nanoseconds;
        _agents = agents;
        _ways = [.. routes.ZonePairs.Select(pair => (
            network.Way(routes.Zones[pair.A], routes.Zones[pair.B]), network.Way(routes.Zones[pair.B], routes.Zones[pair.A])))];
        _speakers = NewState<Speaker>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            foreach (Signal signal in WatchedBy(slot).Distinct())
            {
                builder.Observe(signal, this, slot);
            }
        }
    }

    /// <summary>Per node: new pods get their network. Empty: they always do while the machine runs.</summary>
    public ImmutableArray<Signal> CanSetUp => _agents is { } agents ? [.. agents.Select(agent => agent.Runs)] : [];

    private bool UsesBgp => _options.Routes == RoutesBy.Bgp;

    public override string EntityName(int slot)
    {
        if (slot < _nodes.Count)
        {
            return $"routes/{_nodes.Options[slot].Name}";
        }
        (int a, int b) = _routes.ZonePairs[slot - _nodes.Count];
        return $"routes/zones/{_routes.Zones[a]}-{_routes.Zones[b]}";
    }

    /// <inheritdoc/>
    public void Registered(int node)
    {
        _speakers[node].IsKnown = true;
        if (UsesBgp)
        {
            Connect(node, false);
        }
        else
        {
            Follow(node);
        }
    }

    /// <inheritdoc/>
    public void Deleted(int node)
    {
        ref Speaker speaker = ref _speakers[node];
        speaker.IsKnown = speaker.HasSession = speaker.Restarts = false;
        if (UsesBgp)
        {
            Disarm(node, ForgetTimer);
            Disarm(node, ConnectTimer);
            Disarm(node, KeepaliveTimer);
        }
        Show(node, false);
    }

    /// <inheritdoc/>
    public void NotReady(int node)
    {
    }

    /// <inheritdoc/>
    public void Ready(int node)
    {
    }

    /// <inheritdoc/>
    public void Tainted(int node)
    {
    }

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            ref Speaker speaker = ref _speakers[slot];
            speaker.IsKnown = slot >= _nodes.Count || _nodes.Options[slot].Exists;
            if (!speaker.IsKnown)
            {
                Show(slot, false);
            }
            else if (UsesBgp && IsAlive(slot))
            {
                speaker.IsAlive = speaker.HasSession = true;
                speaker.Phase = speaker.LastHeard = -(long)(DrawsFor(slot, Phases, 0).NextUniform() * _keepalive);
                TickInFull(slot);
            }
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        switch (timer)
        {
            case ForgetTimer:
                Forget(slot);
                break;
            case ConnectTimer:
                Establish(slot);
                break;
            case KeepaliveTimer:
                Keepalive(slot);
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        if (!UsesBgp)
        {
            Follow(slot);
            return;
        }
        ref Speaker speaker = ref _speakers[slot];
        bool alive = IsAlive(slot);
        bool started = alive && !speaker.IsAlive;
        speaker.IsAlive = alive;
        bool heard = IsHeard(slot);
        if (speaker.HasSession)
        {
            WatchSession(slot, alive, heard);
        }
        if (!heard)
        {
            Disarm(slot, ConnectTimer);
            Restage(slot);
        }
        else
        {
            Connect(slot, started);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref Speaker speaker = ref _speakers[slot];
        int flags = (speaker.IsKnown ? 1 : 0) | (speaker.IsAlive ? 2 : 0) | (speaker.HasSession ? 4 : 0) | (speaker.Restarts ? 8 : 0);
        writer.Add((long)flags);
        writer.Add(speaker.HasSession && UsesBgp ? LastHeard(slot) - Now.Nanoseconds : 0);
    }

    private Signal[] WatchedBy(int slot)
    {
        if (slot >= _nodes.Count)
        {
            (Signal there, Signal back) = _ways[slot - _nodes.Count];
            return [there, back];
        }
        MachineSignals machine = _nodes.Signals[slot].Machine;
        Signal[] agent = _agents is { } agents ? [agents[slot].Alive, agents[slot].Runs] : [];
        return UsesBgp ? [machine.Powered, machine.Up, machine.Network, .. agent] : agent;
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    private Signal ConditionOf(int slot) => slot < _nodes.Count ? _routes.Routed[slot] : _routes.ZonesRouted[slot - _nodes.Count];

    /// <summary>The agent exists.</summary>
    private bool IsAlive(int slot) =>
        slot >= _nodes.Count || Is(_agents is { } agents ? agents[slot].Alive : _nodes.Signals[slot].Machine.Powered);

    /// <summary>Packets of the machine reach peers, whoever sends them.</summary>
    private bool IsOnNetwork(int slot)
    {
        if (slot >= _nodes.Count)
        {
            (Signal there, Signal back) = _ways[slot - _nodes.Count];
            return Is(there) && Is(back);
        }
        MachineSignals machine = _nodes.Signals[slot].Machine;
        return Is(machine.Up) && Is(machine.Network);
    }

    /// <summary>Its keepalives are sent and arrive.</summary>
    private bool IsHeard(int slot) =>
        IsOnNetwork(slot) && (slot >= _nodes.Count || _agents is not { } agents || Is(agents[slot].Runs));

    private long LastHeard(int slot)
    {
        ref Speaker speaker = ref _speakers[slot];
        return _elided
            ? Math.Max(new PeriodicLoop(speaker.Phase, _keepalive).Last(PassedUntil(slot, KeepaliveTimer)), speaker.LastHeard)
            : speaker.LastHeard;
    }

    private void WatchSession(int slot, bool alive, bool heard)
    {
        ref Speaker speaker = ref _speakers[slot];
        bool waits = IsArmed(slot, ForgetTimer);
        if (heard && waits)
        {
            // What was not acknowledged is sent again and arrives now.
            Disarm(slot, ForgetTimer);
            speaker.LastHeard = Now.Nanoseconds;
        }
        else if (!heard && !waits)
        {
            speaker.Silences++;
            double shortened = 1 - (_options.Jitter * DrawsFor(slot, Holding, speaker.Silences).NextUniform());
            long forget = LastHeard(slot) + SimDuration.FromSeconds(_options.HoldTime.Seconds * shortened).Nanoseconds;
            ArmAt(slot, ForgetTimer, new SimTime(Math.Max(Now.Nanoseconds, forget)));
        }
        if (!alive)
        {
            speaker.HasSession = false;
            Disarm(slot, KeepaliveTimer);
            if (IsOnNetwork(slot))
            {
                // Its connections are closed without a NOTIFICATION.
                speaker.Restarts = true;
                ArmAfter(slot, ForgetTimer, _options.RestartTime);
            }
        }
    }

    private void Forget(int slot)
    {
        ref Speaker speaker = ref _speakers[slot];
        bool keepsOn = _options.RestartsAfterHold && !speaker.Restarts;
        speaker.HasSession = false;
        speaker.Restarts = keepsOn;
        Disarm(slot, KeepaliveTimer);
        if (keepsOn)
        {
            ArmAfter(slot, ForgetTimer, _options.RestartTime);
        }
        else
        {
            Show(slot, false);
        }
    }

    /// <summary>Without a session the agent and its peers try to connect: a new agent after a while, one that was cut off at the next retry.</summary>
    private void Connect(int slot, bool started)
    {
        ref Speaker speaker = ref _speakers[slot];
        if (speaker.HasSession || !speaker.IsKnown || IsArmed(slot, ConnectTimer) || !IsHeard(slot))
        {
            return;
        }
        speaker.Connections++;
        double untilRetry = DrawsFor(slot, Connecting, speaker.Connections).NextUniform() * _options.ConnectRetry.Seconds;
        ArmAfter(slot, ConnectTimer, started ? _options.ConnectDelay : SimDuration.FromSeconds(untilRetry));
        Restage(slot);
    }

    private void Establish(int slot)
    {
        ref Speaker speaker = ref _speakers[slot];
        Disarm(slot, ForgetTimer);
        speaker.HasSession = true;
        speaker.Restarts = false;
        speaker.Phase = speaker.LastHeard = Now.Nanoseconds;
        Show(slot, true);
        TickInFull(slot);
    }

    /// <summary>Routes from Node objects.</summary>
    private void Follow(int node)
    {
        ref Speaker speaker = ref _speakers[node];
        if (speaker.IsKnown && (_agents is not { } agents || Is(agents[node].Runs)))
        {
            Show(node, true);
        }
    }

    private void Show(int slot, bool value)
    {
        _speakers[slot].IsForgotten = !value;
        _speakers[slot].Shown.Show(Simulation, ConditionOf(slot), value, StageOf(slot));
    }

    /// <summary>Routes that are missing wait for something else, perhaps.</summary>
    private void Restage(int slot)
    {
        if (_speakers[slot].IsForgotten)
        {
            Show(slot, false);
        }
    }

    private int StageOf(int slot) =>
        UsesBgp && IsArmed(slot, ConnectTimer) ? _stages.Reconnect : IsOnNetwork(slot) ? _stages.Restart : _stages.Outage;

    private void TickInFull(int slot)
    {
        if (!_elided)
        {
            Keepalive(slot);
        }
    }

    private void Keepalive(int slot)
    {
        ref Speaker speaker = ref _speakers[slot];
        PeriodicLoop loop = new(speaker.Phase, _keepalive);
        speaker.LastHeard = IsHeard(slot) ? Math.Max(speaker.LastHeard, loop.Last(Now.Nanoseconds)) : speaker.LastHeard;
        Simulation.Resume(default);
        ArmAt(slot, KeepaliveTimer, new SimTime(loop.Next(Now.Nanoseconds)));
    }

    private struct Speaker
    {
        /// <summary>There is a Node object, so peers are configured to talk to it.</summary>
        public bool IsKnown;

        public bool IsAlive;

        /// <summary>The running agent and its peers are connected, as the agent sees it.</summary>
        public bool HasSession;

        /// <summary>Peers keep the routes of a connection that was closed.</summary>
        public bool Restarts;

        public bool IsForgotten;
        public int Silences;
        public int Connections;

        /// <summary>A keepalive of the session, which tells them all.</summary>
        public long Phase;

        /// <summary>When it was last heard, as far as that was noted.</summary>
        public long LastHeard;

        public Shown Shown;
    }
}
