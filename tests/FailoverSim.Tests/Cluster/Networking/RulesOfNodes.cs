using System.Numerics;
using FailoverSim.Kernel.Levels;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>What <c>EndpointShares</c> must come to, the long way round: every node has its own copy of the rules.</summary>
internal sealed class RulesOfNodes(int[] replicas, int nodes)
{
    private readonly HashSet<(int Pod, int Address)>[]?[] _rules = new HashSet<(int, int)>[]?[nodes];
    private readonly bool[] _enters = new bool[nodes];

    public bool[] Published { get; } = [.. Enumerable.Repeat(true, replicas.Sum())];

    public bool[] Answers { get; } = [.. Enumerable.Repeat(true, replicas.Sum())];

    public int[] Address { get; } = new int[replicas.Sum()];

    public int Stale { get; private set; }

    public void Look(int node, bool powered, bool up, bool network, bool proxyRuns)
    {
        if (proxyRuns)
        {
            _rules[node] = [.. Enumerable.Range(0, replicas.Length).Select(Present)];
        }
        else if (!powered)
        {
            _rules[node] = null;
        }
        else
        {
            Stale++;
        }
        _enters[node] = up && network && _rules[node] is not null;
    }

    /// <summary>Exact, in parts of the whole, half up; of requests that are sent up to so many times from the same node.</summary>
    public int Share(int workload, int tries = 1)
    {
        (BigInteger part, BigInteger of) = (0, 1);
        int entering = _enters.Count(e => e);
        IEnumerable<HashSet<(int Pod, int Address)>> rules = entering == 0
            ? [Present(workload)]
            : _rules.Where((_, node) => _enters[node]).Select(r => r![workload]);
        foreach (HashSet<(int Pod, int Address)> pods in rules)
        {
            int answering = pods.Count(p => Answers[p.Pod] && Address[p.Pod] == p.Address);
            BigInteger all = BigInteger.Pow(Math.Max(1, pods.Count), tries);
            BigInteger lost = BigInteger.Pow(Math.Max(1, pods.Count) - answering, tries);
            (part, of) = ((part * all) + ((all - lost) * of), of * all);
        }
        of *= Math.Max(1, entering);
        return (int)(((2 * Level.Whole * part) + of) / (2 * of));
    }

    /// <summary>The same by way of a balancer, which sends requests to the nodes in rotation, dead or alive.</summary>
    public int BalancedShare(int workload, bool[] inRotation)
    {
        (BigInteger part, BigInteger of) = (0, 1);
        for (int node = 0; node < nodes; node++)
        {
            if (inRotation[node] && _enters[node])
            {
                HashSet<(int Pod, int Address)> pods = _rules[node]![workload];
                int answering = pods.Count(p => Answers[p.Pod] && Address[p.Pod] == p.Address);
                int all = Math.Max(1, pods.Count);
                (part, of) = ((part * all) + (answering * of), of * all);
            }
        }
        of *= Math.Max(1, inRotation.Count(r => r));
        return (int)(((2 * Level.Whole * part) + of) / (2 * of));
    }

    private HashSet<(int Pod, int Address)> Present(int workload)
    {
        int first = replicas[..workload].Sum();
        return [.. Enumerable.Range(first, replicas[workload]).Where(p => Published[p]).Select(p => (p, Address[p]))];
    }
}
