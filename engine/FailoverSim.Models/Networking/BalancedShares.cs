using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Networking;

/// <summary>
/// How requests fare that come by a balancer in front of the nodes (a Service of type LoadBalancer, externalTrafficPolicy Cluster): each
/// goes to a random node in rotation, dead or alive, and from there by that node's rules.
/// </summary>
/// <remarks>
/// Kept as counts of nodes by the rules that they go by, so that a change costs the same however many nodes there are. A slot per node, and one for all.
/// </remarks>
public sealed class BalancedShares : Component, IRulesWatcher
{
    private readonly ModelBuilder _builder;
    private readonly NodeSet _nodes;
    private readonly EndpointShares _endpoints;
    private readonly ImmutableArray<Signal> _members;
    private readonly Func<int, Signal> _inRotation;
    private readonly ClusterStages _stages;
    private readonly int _join;
    private readonly State<Place> _places;
    private readonly State<Census> _census;

    /// <summary>By the rules that they go by: nodes in rotation that pass requests on.</summary>
    private readonly State<int> _passing;

    [Wiring]
    private readonly List<Front> _fronts = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">All places for nodes.</param>
    /// <param name="endpoints">What the rules lead to.</param>
    /// <param name="members">Per node: the balancer has been told of it.</param>
    /// <param name="inRotation">By node: the balancer sends requests to it.</param>
    /// <param name="stages">What outages wait for.</param>
    public BalancedShares(
        ModelBuilder builder, NodeSet nodes, EndpointShares endpoints, ImmutableArray<Signal> members, Func<int, Signal> inRotation,
        ClusterStages stages)
        : base(builder, "balanced-shares", nodes.Count + 1, 0)
    {
        _builder = builder;
        _nodes = nodes;
        _endpoints = endpoints;
        _members = members;
        _inRotation = inRotation;
        _stages = stages;
        _join = builder.Stage("join");
        _places = NewState<Place>(nodes.Count);
        _census = NewState<Census>(1);
        _passing = NewState<int>(EndpointShares.KindsOfRules);
        endpoints.WatchedBy(this);
        for (int node = 0; node < nodes.Count; node++)
        {
            MachineSignals machine = nodes.Signals[node].Machine;
            builder.Observe(machine.Up, this, node);
            builder.Observe(machine.Network, this, node);
            builder.Observe(members[node], this, node);
            builder.Observe(inRotation(node), this, node);
        }
    }

    private int Whole => _nodes.Count;

    /// <summary>A workload whose requests come this way; once for each, while the model is built.</summary>
    /// <param name="workload">Its number.</param>
    /// <param name="name">That of its condition.</param>
    public BalancedWorkload Of(int workload, string name)
    {
        if (_fronts.FirstOrDefault(f => f.Workload == workload) is not { } front)
        {
            front = new Front(workload, new BalancedWorkload(_builder.Condition(name), _builder.Level()), NewState<Shown>(1));
            _fronts.Add(front);
        }
        return front.Requests;
    }

    /// <inheritdoc/>
    void IRulesWatcher.RulesChanged(int node) => Look(node);

    /// <inheritdoc/>
    void IRulesWatcher.SharesChanged(int workload) => ReactWhenSettled(Whole);

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int node = 0; node < Whole; node++)
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
        if (slot == Whole)
        {
            Show();
        }
        else
        {
            Look(slot);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot < Whole)
        {
            writer.Add((long)_places[slot].Rules);
            writer.Add((_places[slot].Passes ? 1L : 0) + (_places[slot].IsMember ? 2 : 0) + (_places[slot].IsInRotation ? 4 : 0));
        }
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    /// <summary>Counts a node anew.</summary>
    private void Look(int node)
    {
        MachineSignals machine = _nodes.Signals[node].Machine;
        int rules = _endpoints.RulesOn(node);
        Place seen = new()
        {
            Rules = rules,
            Passes = rules != EndpointShares.NoRules && Is(machine.Up) && Is(machine.Network),
            IsMember = Is(_members[node]),
            IsInRotation = Is(_inRotation(node)),
        };
        ref Place place = ref _places[node];
        if (seen != place)
        {
            Add(in place, -1);
            Add(in seen, 1);
            place = seen;
            ReactWhenSettled(Whole);
        }
    }

    private void Add(in Place place, int nodes)
    {
        ref Census census = ref _census[0];
        census.InRotation += place.IsInRotation ? nodes : 0;
        if (!place.Passes)
        {
            return;
        }
        if (place.IsInRotation)
        {
            census.Passing += nodes;
            _passing[place.Rules] += nodes;
        }
        else if (place.IsMember)
        {
            census.Doubted += nodes;
        }
        else
        {
            census.Strangers += nodes;
        }
    }

    private void Show()
    {
        foreach (Front front in _fronts)
        {
            (int parts, bool isReached) = Answered(front.Workload);
            Simulation.SetLevel(front.Requests.Answered, parts);
            front.Shown[0].Show(Simulation, front.Requests.Reached, isReached, Stage);
        }
    }

    /// <summary>What those wait for whose requests all fail.</summary>
    private int Stage => _census[0] switch
    {
        // The nodes lead to no pod that answers, yet.
        { Passing: > 0 } => _stages.Propagate,
        // Checks have not found out that a node works.
        { Doubted: > 0 } => _stages.Detect,
        // The balancer has not been told of one that does.
        { Strangers: > 0 } => _join,
        _ => _stages.Outage,
    };

    /// <summary>The share in parts of the whole, rounded once, half up; and whether it is any.</summary>
    private (int Parts, bool IsAny) Answered(int workload)
    {
        ref readonly Census census = ref _census[0];
        if (census.Passing == 0)
        {
            return (0, false);
        }
        if (_endpoints.AreAlike(workload))
        {
            (int pods, int answering) = _endpoints.PodsBehind(workload);
            long part = (long)census.Passing * answering;
            long all = (long)census.InRotation * pods;
            return (all == 0 ? 0 : (int)(((2 * Level.Whole * part) + all) / (2 * all)), part > 0);
        }
        double answered = 0;
        for (int rules = 0; rules < EndpointShares.KindsOfRules; rules++)
        {
            answered += _passing[rules] == 0 ? 0 : _passing[rules] * _endpoints.ShareBy(rules, workload);
        }
        return ((int)Math.Floor((Level.Whole * answered / census.InRotation) + 0.5), answered > 0);
    }

    private sealed record Front(int Workload, BalancedWorkload Requests, State<Shown> Shown);

    /// <summary>A node as it was counted; of no account at first.</summary>
    private record struct Place
    {
        public int Rules;

        /// <summary>What reaches it goes on by its rules.</summary>
        public bool Passes;
        public bool IsMember;
        public bool IsInRotation;
    }

    private struct Census
    {
        public int InRotation;

        /// <summary>Those of them that pass requests on.</summary>
        public int Passing;

        /// <summary>Members that would pass requests on and get none.</summary>
        public int Doubted;

        /// <summary>Nodes that would and are no members.</summary>
        public int Strangers;
    }
}

/// <summary>A workload whose requests come by a balancer in front of the nodes.</summary>
/// <param name="Reached">A condition: some node in rotation leads to a pod that answers.</param>
/// <param name="Answered">The share of its requests that are answered.</param>
public sealed record BalancedWorkload(Signal Reached, Level Answered);
