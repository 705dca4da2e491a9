using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Networking;

/// <summary>
/// Per workload, the share of evenly arriving requests that are answered: each enters on a random node, whose rules lead it to a
/// random pod; kube-proxy checks nothing itself, so a pod that no longer answers takes its share until it is taken out.
/// </summary>
/// <remarks>
/// <para>
/// Rules outlive the kube-proxy that wrote them: a node whose kube-proxy is dead goes on by the rules of that instant, to removed pods and
/// not to new ones, and follows again as soon as it runs. Nodes that are down or off their network take no requests, nor do
/// those that have lost power until kube-proxy has written their rules (balancers ask its <c>:10256/healthz</c>).
/// </para>
/// <para>
/// Endpoints that are terminating count as removed: kube-proxy would use those that still serve where no ready ones are left.
/// </para>
/// </remarks>
public sealed partial class EndpointShares : Component, IEndpointWatcher
{
    private readonly WorkloadSet _workloads;
    private readonly NodeSet _nodes;
    private readonly ImmutableArray<Signal>? _proxies;
    private readonly ImmutableArray<Level> _levels;
    private readonly State<Flags> _pods;
    private readonly State<Endpoints> _endpoints;

    [Wiring]
    private IRulesWatcher? _watcher;

    /// <param name="builder">The model to join.</param>
    /// <param name="workloads">Whose requests.</param>
    /// <param name="nodes">On which they enter.</param>
    /// <param name="proxies">Per node, whether its kube-proxy runs (<see cref="ProcessSignals.Runs"/>); null: nothing befalls it.</param>
    public EndpointShares(ModelBuilder builder, WorkloadSet workloads, NodeSet nodes, ImmutableArray<Signal>? proxies)
        : base(builder, "endpoint-shares", proxies is null ? 1 : nodes.Count + 1, 0)
    {
        _workloads = workloads;
        _nodes = nodes;
        _proxies = proxies;
        _levels = [.. workloads.Options.Select(_ => builder.Level())];
        _pods = NewState<Flags>(workloads.PodCount);
        _endpoints = NewState<Endpoints>(workloads.Options.Length);
        int stale = proxies is null ? 0 : 1;
        _rules = NewState<NodeRules>(stale * nodes.Count);
        _oldRulesTo = NewState<ulong>(stale * workloads.PodCount);
        _oldRules = NewState<Endpoints>(stale * workloads.Options.Length * MostGenerations);
        _outdated = NewState<ulong>(stale * workloads.Options.Length);
        _outdatedList = NewState<int>(stale * workloads.Options.Length);
        _generations = NewState<Generation>(stale * MostGenerations);
        _standing = NewState<Standing>(1);
        _withoutName = NewState<int>(1);
        _derived = new List<Derived>?[workloads.Options.Length];
        for (int node = 0; node < nodes.Count && proxies is not null; node++)
        {
            MachineSignals machine = nodes.Signals[node].Machine;
            builder.Observe(proxies.Value[node], this, node);
            builder.Observe(machine.Powered, this, node);
            builder.Observe(machine.Up, this, node);
            builder.Observe(machine.Network, this, node);
        }
    }

    /// <summary>The share of a workload's requests that are answered.</summary>
    public Level Answered(int workload) => _levels[workload];

    /// <inheritdoc/>
    public void Published(int pod, bool isIn)
    {
        ref Flags flags = ref _pods[pod];
        if (((flags & Flags.Withdrawn) == 0) == isIn)
        {
            return;
        }
        int workload = _workloads.WorkloadOf[pod];
        KeepOldRules(workload);
        flags ^= Flags.Withdrawn;
        ref Endpoints endpoints = ref _endpoints[workload];
        endpoints.Withdrawn += isIn ? -1 : 1;
        endpoints.Mute += (flags & Flags.Mute) == 0 ? 0 : isIn ? 1 : -1;
        Show(workload);
    }

    /// <inheritdoc/>
    public void Answers(int pod, bool answers)
    {
        ref Flags flags = ref _pods[pod];
        if (((flags & Flags.Mute) == 0) == answers)
        {
            return;
        }
        flags ^= Flags.Mute;
        int workload = _workloads.WorkloadOf[pod];
        int change = answers ? -1 : 1;
        if ((flags & Flags.Withdrawn) == 0)
        {
            _endpoints[workload].Mute += change;
        }
        ChangeOldRules(workload, pod, change);
        Show(workload);
    }

    /// <inheritdoc/>
    public void Renewed(int pod)
    {
        if (_proxies is null || _oldRulesTo[pod] == 0)
        {
            return;
        }
        int workload = _workloads.WorkloadOf[pod];
        if ((_pods[pod] & Flags.Mute) == 0)
        {
            ChangeOldRules(workload, pod, 1);
        }
        _oldRulesTo[pod] = 0;
        Show(workload);
    }

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        StartNodes();
        for (int workload = 0; workload < _levels.Length; workload++)
        {
            Show(workload);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        if (slot < Count - 1)
        {
            writer.Add((long)_rules[slot].Source);
            writer.Add(_rules[slot].Enters ? 1 : 0);
            return;
        }
        for (int workload = 0; workload < _levels.Length; workload++)
        {
            writer.Add(Parts(workload));
        }
    }

    private void Show(int workload)
    {
        Simulation.SetLevel(_levels[workload], Parts(workload));
        _watcher?.SharesChanged(workload);
        if (_derived[workload] is { } derived)
        {
            ShowDerived(workload, derived);
        }
    }

    /// <summary>The share in parts of the whole, rounded once, half up.</summary>
    private int Parts(int workload)
    {
        ref readonly Endpoints now = ref _endpoints[workload];
        if (_proxies is null || _outdated[workload] == 0)
        {
            long pods = _workloads.Options[workload].Replicas - now.Withdrawn;
            return pods == 0 ? 0 : (int)(((2L * Level.Whole * (pods - now.Mute)) + pods) / (2 * pods));
        }
        return Rounded(MixedShare(workload, 1));
    }

    private static int Rounded(double share) => (int)Math.Floor((Level.Whole * share) + 0.5);

    /// <summary>What a pod is not; at t = 0 all are in the rules and answer, until somebody says otherwise.</summary>
    [Flags]
    private enum Flags : byte
    {
        None = 0,

        /// <summary>Not in the rules of the nodes that follow.</summary>
        Withdrawn = 1,

        /// <summary>It answers nothing.</summary>
        Mute = 2,
    }

    /// <summary>What rules lack of all pods of a workload.</summary>
    private struct Endpoints
    {
        /// <summary>Pods to which they do not lead.</summary>
        public int Withdrawn;

        /// <summary>Pods to which they lead and which do not answer now.</summary>
        public int Mute;

        /// <summary>Of requests that are sent up to so many times, each time to any pod, those that are answered.</summary>
        public readonly double Share(int replicas, int tries)
        {
            if (Withdrawn == replicas)
            {
                return 0;
            }
            if (tries == 1)
            {
                return (double)(replicas - Withdrawn - Mute) / (replicas - Withdrawn);
            }
            double lost = 1;
            for (int i = 0; i < tries; i++)
            {
                lost *= (double)Mute / (replicas - Withdrawn);
            }
            return 1 - lost;
        }
    }
}
