using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Networking;

/// <summary>
/// What a probe of the pod network sees: a pod on one node asks a pod on another, both on machines that run, and gets its answer.
/// </summary>
/// <remarks>
/// That needs the network of both, the ways between their zones in both directions, and the routes to both. Machines that are down are
/// not counted: the network is not to blame for them. Packets lost at random are sent again and do not count either.
/// </remarks>
public sealed class NodeNetwork : Component
{
    private readonly ModelBuilder _builder;
    private readonly NodeSet _nodes;
    private readonly RouteSet? _routes;
    private readonly ImmutableArray<ProcessSignals>? _agents;
    private readonly ClusterStages _stages;
    private readonly ImmutableArray<Signal> _ways;
    private readonly State<byte> _seen;
    private readonly State<Zone> _zones;

    [Wiring]
    private readonly List<Watched> _services = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">All places for nodes.</param>
    /// <param name="network">The ways between zones.</param>
    /// <param name="routes">Whether nodes have each other's routes; null: always.</param>
    /// <param name="agents">Of each node, who bring routes back; null: nothing befalls them.</param>
    /// <param name="stages">What outages wait for.</param>
    public NodeNetwork(
        ModelBuilder builder, NodeSet nodes, Network network, RouteSet? routes, ImmutableArray<ProcessSignals>? agents, ClusterStages stages)
        : base(builder, "node-network", nodes.Count + 1, 0)
    {
        _builder = builder;
        _nodes = nodes;
        _routes = routes;
        _agents = agents;
        _stages = stages;
        _ways = [.. nodes.Zones.SelectMany(from => nodes.Zones.Select(to => network.Way(from, to)))];
        _seen = NewState<byte>(nodes.Count);
        _zones = NewState<Zone>(nodes.Zones.Length);
        Share = builder.Level();
        Announced = builder.Level();
        for (int node = 0; node < nodes.Count; node++)
        {
            MachineSignals machine = nodes.Signals[node].Machine;
            Signal?[] signals = [machine.Up, machine.Network, routes?.Routed[node], agents?[node].Runs];
            foreach (Signal signal in signals.OfType<Signal>())
            {
                builder.Observe(signal, this, node);
            }
        }
        foreach (Signal way in _ways.Concat(routes?.ZonesRouted ?? []))
        {
            builder.Observe(way, this, nodes.Count);
        }
    }

    /// <summary>Share of the ordered pairs of nodes, both on machines that run, that exchange packets.</summary>
    public Level Share { get; }

    /// <summary>
    /// Share of the requests to an address that every node announces by BGP, and the router spreads over those whose routes it has, that get to a
    /// node that is there: dead ones are blackholes until the hold time has passed.
    /// </summary>
    public Level Announced { get; }

    /// <summary>A service: at least so large a share of the pairs exchange packets. Only while the model is built.</summary>
    /// <param name="name">Unique.</param>
    /// <param name="upAt">Share from which it is up; null: above 0.</param>
    public NetworkService Above(string name, double? upAt)
    {
        Signal ways = _builder.Condition($"{name}.ways");
        Signal routes = _builder.Condition($"{name}.routes");
        NetworkService service = new(_builder.Gate($"{name}.up", 2, ways, routes), ways);
        _services.Add(new Watched(ways, routes, upAt ?? double.Epsilon, NewState<Shown>(2)));
        return service;
    }

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int node = 0; node < _nodes.Count; node++)
        {
            Look(node);
        }
        Show();
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void OnSignal(int slot)
    {
        if (slot == _nodes.Count)
        {
            Show();
        }
        else
        {
            Look(slot);
            ReactWhenSettled(_nodes.Count);
        }
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add((long)(slot < _nodes.Count ? _seen[slot] : 0));

    private bool Is(Signal signal) => Simulation.Signals[signal];

    private void Look(int node)
    {
        MachineSignals machine = _nodes.Signals[node].Machine;
        bool up = Is(machine.Up);
        bool works = up && Is(machine.Network);
        bool routed = _routes is null || Is(_routes.Routed[node]);
        bool returns = routed || _agents is not { } agents || Is(agents[node].Runs);
        int seen = (up ? 1 : 0) | (works && routed ? 2 : 0) | (works && returns ? 4 : 0) | (routed ? 8 : 0);
        ref Zone zone = ref _zones[_nodes.Options[node].Zone];
        zone.Add(_seen[node], -1);
        zone.Add(seen, 1);
        _seen[node] = (byte)seen;
    }

    private void Show()
    {
        (long all, long reached, long reachable) = (0, 0, 0);
        (int up, int able, int announced, int there) = (0, 0, 0, 0);
        for (int from = 0; from < _nodes.Zones.Length; from++)
        {
            up += _zones[from].Up;
            able += _zones[from].Reachable;
            announced += _zones[from].Announced;
            there += _zones[from].Reached;
            for (int to = 0; to < _nodes.Zones.Length; to++)
            {
                bool way = Is(_ways[(from * _nodes.Zones.Length) + to]) && Is(_ways[(to * _nodes.Zones.Length) + from]);
                int self = from == to ? 1 : 0;
                all += (long)_zones[from].Up * (_zones[to].Up - self);
                reachable += way ? (long)_zones[from].Reachable * (_zones[to].Reachable - self) : 0;
                reached += way && AreRouted(from, to) ? (long)_zones[from].Reached * (_zones[to].Reached - self) : 0;
            }
        }
        if (up == 1)
        {
            // A lone node has nobody to ask but itself.
            (all, reached, reachable) = (1, there, able);
        }
        Simulation.SetLevel(Share, Parts(reached, all));
        Simulation.SetLevel(Announced, Parts(there, announced));
        foreach (Watched service in _services)
        {
            service.Shown[0].Show(Simulation, service.Ways, IsAtLeast(service.UpAt, reachable, all), _stages.Outage);
            service.Shown[1].Show(Simulation, service.Routes, IsAtLeast(service.UpAt, reached, all), _stages.Reconnect);
        }
    }

    private bool AreRouted(int from, int to)
    {
        for (int pair = 0; _routes is not null && pair < _routes.ZonePairs.Length; pair++)
        {
            if (_routes.ZonePairs[pair] == (Math.Min(from, to), Math.Max(from, to)))
            {
                return Is(_routes.ZonesRouted[pair]);
            }
        }
        return true;
    }

    /// <summary>Half up; of nothing, nothing.</summary>
    private static int Parts(long part, long all) => all == 0 ? 0 : (int)(((2L * Level.Whole * part) + all) / (2 * all));

    private static bool IsAtLeast(double share, long part, long all) => part > 0 && part >= share * all;

    /// <summary>Nodes of a zone.</summary>
    private struct Zone
    {
        /// <summary>On machines that run.</summary>
        public int Up;

        /// <summary>Of those, on their network and with routes to them.</summary>
        public int Reached;

        /// <summary>Of those on their network, with routes or with an agent that will bring them.</summary>
        public int Reachable;

        /// <summary>To which there are routes, whether or not they are up.</summary>
        public int Announced;

        public void Add(int seen, int nodes)
        {
            Up += (seen & 1) != 0 ? nodes : 0;
            Reached += (seen & 2) != 0 ? nodes : 0;
            Reachable += (seen & 4) != 0 ? nodes : 0;
            Announced += (seen & 8) != 0 ? nodes : 0;
        }
    }

    private sealed record Watched(Signal Ways, Signal Routes, double UpAt, State<Shown> Shown);
}

/// <summary>The pod network as a service.</summary>
/// <param name="Up">Enough pairs of nodes exchange packets.</param>
/// <param name="Support">As many would if the agents that run had told each other all routes: what else is missing comes back with a repair only.</param>
public sealed record NetworkService(Signal Up, Signal Support);
