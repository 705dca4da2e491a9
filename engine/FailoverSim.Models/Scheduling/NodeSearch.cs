using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>What a pod needs of a node, and the best one met so far: most free share with the pod on it, then the lowest number.</summary>
internal struct NodeSearch(NodeRequests requests, int workload, long cpu, long memory)
{
    public const int None = int.MaxValue;

    /// <summary>Rank of a node that is forbidden.</summary>
    public const int Forbidden = int.MaxValue;

    /// <summary>No node that is allowed has a greater one.</summary>
    private const int Last = Forbidden - 1;

    /// <summary>What is to be avoided counts more than pods of the workload, of which a node has fewer than 2 to this power.</summary>
    private const int Avoided = 20;

    public readonly long Cpu => cpu;

    public readonly long Memory => memory;

    /// <summary>Only nodes without a pod of the workload, those that are ending included.</summary>
    public bool KeepsApart { get; init; }

    /// <summary>Pods of the workload that a node may have already.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Nodes with the fewest pods of the workload first.</summary>
    public bool PrefersFew { get; init; }

    /// <summary>What affinities say; null: nothing.</summary>
    public AffinityFilter? Affinity { get; init; }

    /// <summary>Nodes of a greater rank than this are passed over for now.</summary>
    public int Preferred { get; set; } = Last;

    /// <summary>Least rank of a node that would do and has been passed over; <see cref="Forbidden"/> if there was none.</summary>
    public int PassedOver { get; private set; } = Forbidden;

    /// <summary>The best node; <see cref="None"/> if none has been met.</summary>
    public int Best { get; private set; } = None;

    private double _score = double.NegativeInfinity;

    public readonly bool IsBetter(double score, int node) => score > _score || (score == _score && node < Best);

    /// <summary>A node on which the pod fits, and which is better: taken unless it is forbidden.</summary>
    public void Meet(int node, double score)
    {
        int rank = RankOf(node);
        if (rank > Preferred)
        {
            PassedOver = Math.Min(PassedOver, rank);
            return;
        }
        Best = node;
        _score = score;
    }

    /// <summary>Nodes of the least rank go first: the fewest neighbours to be avoided, then the fewest pods of the workload.</summary>
    public readonly int RankOf(int node)
    {
        if (KeepsApart && requests.HeldOn(workload, node) > 0)
        {
            return Forbidden;
        }
        int count = PrefersFew || Most < int.MaxValue ? requests.CountOn(workload, node) : 0;
        if (count > Most)
        {
            return Forbidden;
        }
        int rank = PrefersFew ? count : 0;
        if (Affinity is { } affinity)
        {
            if (!affinity.AllowsNode(node))
            {
                return Forbidden;
            }
            rank += affinity.AvoidedOn(node) << Avoided;
        }
        return rank;
    }
}
