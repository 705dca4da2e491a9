using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <content>Where pods must, or had better, be on the nodes of others: only those nodes are looked at.</content>
internal sealed partial class Placement
{
    /// <summary>A new node of a pool in a zone could take a pod of a workload that fits nowhere now.</summary>
    public bool AdmitsNewNode(int workload, int pool, int zone) =>
        _reach[workload].Covers(pool, zone) && (FilterOf(workload) is not { } affinity || (!affinity.NeedsNodes && affinity.AllowsZone(zone)));

    private AffinityFilter? FilterOf(int workload) => _affinities?.RulesOf(workload) is { } rules
        ? new AffinityFilter(Requests, _affinities.Ranges, rules, _nodes.Set.Zones.Length)
        : null;

    /// <summary>The best of the nodes that have pods which the workload must, or wants to, be with; −1 if none of them will do.</summary>
    private int ChooseNear(int workload, in AffinityFilter affinity, ReadOnlySpan<int> ranks, in NodeSearch search)
    {
        Candidate best = Candidate.None;
        if (affinity.NeedsNodes)
        {
            MeetNodesOf(affinity.Needed, workload, affinity, ranks, in search, ref best);
        }
        else
        {
            foreach (int range in affinity.NodesOf)
            {
                MeetNodesOf(range, workload, affinity, ranks, in search, ref best);
            }
        }
        return best.Node;
    }

    private void MeetNodesOf(
        int range, int workload, in AffinityFilter affinity, ReadOnlySpan<int> ranks, in NodeSearch search, ref Candidate best)
    {
        WorkloadRange named = _affinities!.Ranges[range];
        for (int other = named.First; other < named.First + named.Count; other++)
        {
            for (int held = Requests.FirstHeld(other); held >= 0; held = Requests.NextHeld(held))
            {
                int node = Requests.NodeHolding(held);
                NodeOptions options = _nodes.Set.Options[node];
                if (ranks[options.Zone] == Excluded || !_nodes.IsSchedulable(node) || !_reach[workload].Covers(options.Pool, options.Zone)
                    || !_nodes.FreeOn(node).Fits(search.Cpu, search.Memory) || search.RankOf(node) is var rank && rank == NodeSearch.Forbidden)
                {
                    continue;
                }
                Candidate met = new(affinity.MissingOn(node), ranks[options.Zone], rank, _index.ShareLeft(node, search.Cpu, search.Memory), node);
                if (met.IsBetterThan(best))
                {
                    best = met;
                }
            }
        }
    }

    /// <summary>A node that would do, and what it is compared by.</summary>
    private readonly record struct Candidate(int Missing, int InZone, int Rank, double Share, int Node)
    {
        public static Candidate None => new(int.MaxValue, int.MaxValue, int.MaxValue, double.NegativeInfinity, -1);

        public bool IsBetterThan(Candidate other) =>
            Missing != other.Missing ? Missing < other.Missing
            : InZone != other.InZone ? InZone < other.InZone
            : Rank != other.Rank ? Rank < other.Rank
            : Share != other.Share ? Share > other.Share
            : Node < other.Node;
    }
}
