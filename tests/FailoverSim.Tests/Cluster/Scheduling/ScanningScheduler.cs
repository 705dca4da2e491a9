using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Tests.Cluster.Scheduling;

/// <summary>Where a pod goes, found by looking at every node, with books of its own: what the index must agree with.</summary>
internal sealed class ScanningScheduler(NodeObjects nodes, WorkloadSet workloads)
{
    /// <summary>(node, workload) of every pod there is, and whether it is being deleted.</summary>
    private readonly List<(int Node, int Workload, bool IsEnding)> _pods = [];

    public IReadOnlyList<(int Node, int Workload, bool IsEnding)> Pods => _pods;

    public void Take(int node, int workload) => _pods.Add((node, workload, false));

    public void Uncount(int node, int workload) => _pods[_pods.IndexOf((node, workload, false))] = (node, workload, true);

    public void Release(int node, int workload) => _pods.Remove((node, workload, true));

    public (long Cpu, long Memory, int Pods) FreeOn(int node)
    {
        NodeOptions options = nodes.Set.Options[node];
        var there = _pods.Where(p => p.Node == node).Select(p => workloads.Options[p.Workload]).ToList();
        return (options.Cpu - there.Sum(w => w.Cpu), options.Memory - there.Sum(w => w.Memory), options.MaxPods - there.Count);
    }

    public int Choose(int workload, int zone)
    {
        WorkloadOptions options = workloads.Options[workload];
        bool isSoftByZone = options.Spread.All(s => s.IsAntiAffinity) || options.Spread.Any(s => !s.IsHard && s.By == SpreadBy.Zone);
        bool isSoftByNode = options.Spread.All(s => s.IsAntiAffinity) || options.Spread.Any(s => !s.IsHard && s.By == SpreadBy.Node);
        return Enumerable.Range(0, nodes.Set.Count)
            .Where(n => (zone < 0 || ZoneOf(n) == zone) && IsFeasible(workload, n))
            .OrderBy(n => Soft(options, isAnti: false, SpreadBy.Node).Count(to => !IsThere(to, SpreadBy.Node, n)))
            .ThenBy(n => Soft(options, isAnti: false, SpreadBy.Zone).Count(to => !IsThere(to, SpreadBy.Zone, n))
                + Soft(options, isAnti: true, SpreadBy.Zone).Count(to => IsThere(to, SpreadBy.Zone, n)))
            .ThenBy(n => isSoftByZone ? Count(workload, SpreadBy.Zone, ZoneOf(n)) : 0)
            .ThenBy(n => Soft(options, isAnti: true, SpreadBy.Node).Count(to => IsThere(to, SpreadBy.Node, n)))
            .ThenBy(n => isSoftByNode ? Count(workload, SpreadBy.Node, n) : 0)
            .ThenByDescending(n => Share(n, FreeOn(n).Cpu, FreeOn(n).Memory) - Share(n, options.Cpu, options.Memory))
            .ThenBy(n => n)
            .FirstOrDefault(-1);
    }

    public bool IsFeasible(int workload, int node)
    {
        WorkloadOptions options = workloads.Options[workload];
        (long cpu, long memory, int pods) = FreeOn(node);
        return IsOpen(node) && IsWithinReach(workload, node) && cpu >= options.Cpu && memory >= options.Memory && pods > 0
            && options.Spread.Where(s => s.IsHard).All(s => Permits(workload, s, s.By == SpreadBy.Zone ? ZoneOf(node) : node))
            && IsNearEnough(workload, node) && IsFarEnough(workload, node);
    }

    /// <summary>Every required term of affinity is met by pods that match all of them, unless there are none and the pod is such a one itself.</summary>
    private bool IsNearEnough(int workload, int node)
    {
        AffinityOptions[] terms = [.. workloads.Options[workload].Affinity.Where(t => t is { IsHard: true, IsAnti: false })];
        var matching = _pods.Where(p => terms.All(t => t.To.Contains(p.Workload))).ToList();
        return terms.Length == 0
            || (matching.Count == 0
                ? terms.All(t => t.To.Contains(workload))
                : terms.All(t => matching.Any(p => DomainOf(p.Node, t.By) == DomainOf(node, t.By))));
    }

    /// <summary>No pod is in the place that the pod, or that pod, requires to be without the other.</summary>
    private bool IsFarEnough(int workload, int node) => _pods.All(p =>
        Apart(workload).All(t => !t.To.Contains(p.Workload) || DomainOf(p.Node, t.By) != DomainOf(node, t.By))
        && Apart(p.Workload).All(t => !t.To.Contains(workload) || DomainOf(p.Node, t.By) != DomainOf(node, t.By)));

    private IEnumerable<AffinityOptions> Apart(int workload) => workloads.Options[workload].Affinity.Where(t => t is { IsHard: true, IsAnti: true });

    private static IEnumerable<WorkloadRange> Soft(WorkloadOptions options, bool isAnti, SpreadBy by) =>
        options.Affinity.Where(t => !t.IsHard && t.IsAnti == isAnti && t.By == by).Select(t => t.To).Distinct();

    private bool IsThere(WorkloadRange to, SpreadBy by, int node) => _pods.Any(p => to.Contains(p.Workload) && DomainOf(p.Node, by) == DomainOf(node, by));

    /// <summary>Pods that spreading counts in a domain.</summary>
    public int Count(int workload, SpreadBy by, int domain) => _pods.Count(p => !p.IsEnding && p.Workload == workload && DomainOf(p.Node, by) == domain);

    /// <summary>The domains that spreading counts.</summary>
    public IEnumerable<int> Domains(int workload, SpreadBy by) =>
        Enumerable.Range(0, nodes.Set.Count).Where(n => nodes.Is(n, NodeMarks.Registered) && IsWithinReach(workload, n)).Select(n => DomainOf(n, by)).Distinct();

    private bool Permits(int workload, SpreadOptions rule, int domain)
    {
        if (rule.IsAntiAffinity)
        {
            return !_pods.Any(p => p.Workload == workload && DomainOf(p.Node, rule.By) == domain);
        }
        int[] counts = [.. Domains(workload, rule.By).Select(d => Count(workload, rule.By, d))];
        int least = counts.Length < rule.MinDomains || counts.Length == 0 ? 0 : counts.Min();
        return Count(workload, rule.By, domain) + 1 - least <= rule.MaxSkew;
    }

    private bool IsOpen(int node) =>
        nodes.Is(node, NodeMarks.Registered)
        && !nodes.Is(node, NodeMarks.NotReady | NodeMarks.NoExecute | NodeMarks.Cordoned | NodeMarks.Uninitialized | NodeMarks.OutOfService
            | NodeMarks.NetworkUnavailable);

    private bool IsWithinReach(int workload, int node) =>
        (workloads.Options[workload].Zones.IsEmpty || workloads.Options[workload].Zones.Contains(ZoneOf(node)))
        && (workloads.Options[workload].Pools.IsEmpty || workloads.Options[workload].Pools.Contains(nodes.Set.Options[node].Pool));

    private double Share(int node, long cpu, long memory) => (double)cpu / nodes.Set.Options[node].Cpu + (double)memory / nodes.Set.Options[node].Memory;

    private int ZoneOf(int node) => nodes.Set.Options[node].Zone;

    private int DomainOf(int node, SpreadBy by) => by == SpreadBy.Zone ? ZoneOf(node) : node;
}
