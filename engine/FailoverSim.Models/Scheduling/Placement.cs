using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>Which node a pod goes to: kube-scheduler's filters, then its scores in order of weight.</summary>
/// <remarks>
/// Filters: node state, pools and zones, cpu, memory and number of pods, zone of the volume, topology spread and (anti-)affinity.
/// Domains that spreading counts are those with a Node object within reach, ready or not (nodeTaintsPolicy Ignore),
/// and pods that are being deleted are not counted; affinities do count them.
/// Scores: nodes that have pods which the workload prefers on its node; zones that meet the most of its other preferred affinities; then
/// the zones, then the nodes, with the fewest pods of the workload, where it prefers that, nodes without pods that it avoids first;
/// then the most room once the pod is there (LeastAllocated); then the lowest number, where kube-scheduler draws lots. It adds
/// weighted scores up instead of comparing one after the other, and has further ones (balance of resources, images that are
/// there) that are left out.
/// </remarks>
internal sealed partial class Placement
{
    /// <summary>Wishes that a zone does not meet count more than pods of the workload, which are fewer than 2 to this power.</summary>
    private const int Unmet = 20;

    private const int Excluded = int.MaxValue;

    private readonly NodeObjects _nodes;
    private readonly CapacityIndex _index;
    private readonly ImmutableArray<(long Cpu, long Memory)> _asked;
    private readonly ImmutableArray<Reach> _reach;
    private readonly ImmutableArray<SpreadRules> _rules;
    private readonly Affinities? _affinities;

    public Placement(ModelBuilder builder, NodeObjects nodes, WorkloadSet workloads)
    {
        _nodes = nodes;
        _index = new CapacityIndex(builder, nodes);
        _asked = [.. workloads.Options.Select(o => (o.Cpu, o.Memory))];
        _rules = [.. workloads.Options.Select((o, w) => new SpreadRules(o, workloads.Affinities?.RulesOf(w)))];
        _affinities = workloads.Affinities;
        Dictionary<string, Reach> known = [];
        Reach[] reach = new Reach[workloads.Options.Length];
        for (int w = 0; w < reach.Length; w++)
        {
            ImmutableArray<int> pools = workloads.Options[w].Pools;
            ImmutableArray<int> zones = workloads.Options[w].Zones;
            string key = $"{string.Join(' ', pools)}/{string.Join(' ', zones)}";
            reach[w] = known.TryGetValue(key, out Reach? same) ? same : known[key] = Reach.Of(pools, zones, nodes, _index.Groups);
        }
        _reach = [.. reach];
    }

    private NodeRequests Requests => _nodes.Requests;

    public SpreadRules RulesOf(int workload) => _rules[workload];

    /// <summary>Request of one pod.</summary>
    public (long Cpu, long Memory) AskedBy(int workload) => _asked[workload];

    /// <summary>Room on a node, or whether it may be bound to, has changed.</summary>
    public void Update(int node) => _index.Update(node);

    /// <summary>The node for a pod of a workload, −1 if there is none.</summary>
    /// <param name="workload">Its owner.</param>
    /// <param name="zone">The only zone that will do; −1 for any.</param>
    public int Choose(int workload, int zone)
    {
        SpreadRules rules = _rules[workload];
        AffinityFilter? affinity = FilterOf(workload);
        if (affinity is { CanBePlaced: false })
        {
            return -1;
        }
        Span<int> ranks = stackalloc int[_nodes.Set.Zones.Length];
        int most = MostInZone(workload);
        for (int z = 0; z < ranks.Length; z++)
        {
            ranks[z] = (zone >= 0 && z != zone) || !AllowsZone(workload, z, most, affinity)
                ? Excluded
                : (rules.PrefersZones ? Requests.CountIn(workload, z) : 0) + ((affinity?.UnmetIn(z) ?? 0) << Unmet);
        }
        (long cpu, long memory) = _asked[workload];
        NodeSearch any = new(Requests, workload, cpu, memory)
        {
            KeepsApart = rules.ApartByNode,
            Most = MostOnNode(workload),
            PrefersFew = rules.PrefersNodes,
            Affinity = affinity,
        };
        if (affinity is { } near && (near.NeedsNodes || near.PrefersNodes))
        {
            int node = ChooseNear(workload, near, ranks, in any);
            if (node >= 0 || near.NeedsNodes)
            {
                return node;
            }
        }
        for (int rank = Least(ranks); rank != Excluded; rank = Least(ranks))
        {
            NodeSearch search = any;
            if (rules.PrefersNodes || affinity is { AvoidsNodes: true })
            {
                search.Preferred = 0;
            }
            Search(workload, ranks, rank, ref search);
            if (search.Best == NodeSearch.None && search.PassedOver != NodeSearch.Forbidden)
            {
                search.Preferred = search.PassedOver;
                Search(workload, ranks, rank, ref search);
            }
            if (search.Best != NodeSearch.None)
            {
                return search.Best;
            }
            ranks.Replace(rank, Excluded);
        }
        return -1;
    }

    /// <summary>A pod of a workload may be bound to a node, whatever there is elsewhere; where its volume is remains to be asked.</summary>
    public bool Admits(int workload, int node)
    {
        NodeOptions options = _nodes.Set.Options[node];
        SpreadRules rules = _rules[workload];
        (long cpu, long memory) = _asked[workload];
        return _nodes.FreeOn(node).Fits(cpu, memory)
            && _nodes.IsSchedulable(node)
            && _reach[workload].Covers(options.Pool, options.Zone)
            && (!rules.IsHard
                || (FilterOf(workload) is var affinity
                    && AllowsZone(workload, options.Zone, MostInZone(workload), affinity)
                    && Requests.CountOn(workload, node) <= MostOnNode(workload)
                    && !(rules.ApartByNode && Requests.HeldOn(workload, node) > 0)
                    && affinity?.AllowsNode(node) != false));
    }

    private void Search(int workload, ReadOnlySpan<int> ranks, int rank, ref NodeSearch search)
    {
        foreach (int group in _reach[workload].Groups)
        {
            if (ranks[_index.Groups[group].Zone] == rank)
            {
                _index.Search(group, ref search);
            }
        }
    }

    private bool AllowsZone(int workload, int zone, int most, in AffinityFilter? affinity) =>
        (most == int.MaxValue || Requests.CountIn(workload, zone) <= most)
        && !(_rules[workload].ApartByZone && Requests.HeldIn(workload, zone) > 0)
        && affinity?.AllowsZone(zone) != false;

    /// <summary>Pods of the workload that a zone may have before another one comes.</summary>
    private int MostInZone(int workload)
    {
        int most = int.MaxValue;
        foreach (SpreadOptions rule in _rules[workload].HardByZone)
        {
            int domains = 0;
            int least = int.MaxValue;
            for (int zone = 0; zone < _nodes.Set.Zones.Length; zone++)
            {
                if (_reach[workload].RegisteredIn(_nodes, zone) > 0)
                {
                    domains++;
                    least = Math.Min(least, Requests.CountIn(workload, zone));
                }
            }
            most = Math.Min(most, Most(rule, domains, least));
        }
        return most;
    }

    /// <summary>Pods of the workload that a node may have before another one comes.</summary>
    private int MostOnNode(int workload)
    {
        int most = int.MaxValue;
        foreach (SpreadOptions rule in _rules[workload].HardByNode)
        {
            int domains = 0;
            for (int zone = 0; zone < _nodes.Set.Zones.Length; zone++)
            {
                domains += _reach[workload].RegisteredIn(_nodes, zone);
            }
            // Only where no node is without a pod is there anything to look for.
            most = Math.Min(most, Most(rule, domains, Requests.NodesOf(workload) < domains ? 0 : LeastOnNode(workload)));
        }
        return most;
    }

    private static int Most(SpreadOptions rule, int domains, int least) =>
        (domains < rule.MinDomains || domains == 0 ? 0 : least) + rule.MaxSkew - 1;

    private int LeastOnNode(int workload)
    {
        int least = int.MaxValue;
        foreach (int group in _reach[workload].Groups)
        {
            foreach (int node in _index.Groups[group].Members)
            {
                if (_nodes.Is(node, NodeMarks.Registered))
                {
                    least = Math.Min(least, Requests.CountOn(workload, node));
                }
            }
        }
        return least;
    }

    private static int Least(ReadOnlySpan<int> ranks)
    {
        int least = Excluded;
        foreach (int rank in ranks)
        {
            least = Math.Min(least, rank);
        }
        return least;
    }
}
