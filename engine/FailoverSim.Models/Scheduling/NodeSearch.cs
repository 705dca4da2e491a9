using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>What a pod needs of a node, and the best one met so far: most free share with the pod on it, then the lowest number.</summary>
internal struct NodeSearch(NodeRequests requests, int workload, long cpu, long memory)
{
    public const int None = int.MaxValue;

    public readonly long Cpu => cpu;

    public readonly long Memory => memory;

    /// <summary>Only nodes without a pod of the workload, those that are ending included.</summary>
    public bool KeepsApart { get; init; }

    /// <summary>Pods of the workload that a node may have already.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Nodes with more pods of the workload than this are passed over for now.</summary>
    public int Preferred { get; set; } = int.MaxValue;

    /// <summary>Fewest pods of the workload on a node that would do and has been passed over.</summary>
    public int PassedOver { get; private set; } = int.MaxValue;

    /// <summary>The best node; <see cref="None"/> if none has been met.</summary>
    public int Best { get; private set; } = None;

    private double _score = double.NegativeInfinity;

    public readonly bool IsBetter(double score, int node) => score > _score || (score == _score && node < Best);

    /// <summary>A node on which the pod fits, and which is better: taken unless it is forbidden.</summary>
    public void Meet(int node, double score)
    {
        if (KeepsApart && requests.HeldOn(workload, node) > 0)
        {
            return;
        }
        int least = Math.Min(Most, Preferred);
        if (least < int.MaxValue)
        {
            int count = requests.CountOn(workload, node);
            if (count > least)
            {
                PassedOver = count <= Most ? Math.Min(PassedOver, count) : PassedOver;
                return;
            }
        }
        Best = node;
        _score = score;
    }
}
