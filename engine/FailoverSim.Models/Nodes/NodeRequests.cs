using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

/// <summary>What the pods of each node have requested, and where the pods of each workload are.</summary>
/// <remarks>
/// A pod is counted for spreading until its deletion begins, and holds its request, and keeps others away by anti-affinity,
/// until it is gone. All zeroes: no pods at all.
/// </remarks>
internal sealed class NodeRequests
{
    private readonly NodeSet _nodes;
    private readonly WorkloadSet _workloads;
    private readonly ImmutableArray<Place> _places;
    private readonly ImmutableArray<(long Cpu, long Memory)> _asked;
    private readonly State<Use> _use;

    /// <summary>Per node, from <see cref="Place.First"/> on: the owners of its pods in no order, those that are ending marked (<see cref="Ending"/>).</summary>
    private readonly State<int> _owners;
    private readonly State<ZoneCount> _inZone;
    private readonly State<int> _spreadOver;
    private readonly AffinityCounts? _affinities;

    public NodeRequests(ModelBuilder builder, NodeSet nodes, WorkloadSet workloads)
    {
        _nodes = nodes;
        _workloads = workloads;
        Place[] places = new Place[nodes.Count];
        int first = 0;
        for (int node = 0; node < nodes.Count; node++)
        {
            NodeOptions options = nodes.Options[node];
            places[node] = new Place(options.Cpu, options.Memory, options.MaxPods, options.Zone, first);
            first += options.MaxPods;
        }
        _places = [.. places];
        _asked = [.. workloads.Options.Select(o => (o.Cpu, o.Memory))];
        _use = new State<Use>(nodes.Count);
        _owners = new State<int>(first);
        _inZone = new State<ZoneCount>(workloads.Options.Length * nodes.Zones.Length);
        _spreadOver = new State<int>(workloads.Options.Length);
        builder.Register(_use);
        builder.Register(_owners);
        builder.Register(_inZone);
        builder.Register(_spreadOver);
        _affinities = workloads.Affinities is { } affinities ? new AffinityCounts(builder, affinities, nodes.Zones.Length, first) : null;
    }

    public NodeRoom FreeOn(int node)
    {
        ref readonly Place place = ref _places.ItemRef(node);
        ref readonly Use use = ref _use[node];
        return new NodeRoom(place.Cpu - use.Cpu, place.Memory - use.Memory, place.MaxPods - use.Pods);
    }

    /// <summary>Pods of a workload that spreading counts in a zone.</summary>
    public int CountIn(int workload, int zone) => InZone(workload, zone).Counted;

    /// <summary>Pods of a workload that are in a zone, those that are ending included.</summary>
    public int HeldIn(int workload, int zone) => InZone(workload, zone).Held;

    /// <summary>Pods of a workload that spreading counts on a node.</summary>
    public int CountOn(int workload, int node) => OwnersOn(node).Count(workload);

    /// <summary>Pods of a workload that are on a node, those that are ending included.</summary>
    public int HeldOn(int workload, int node)
    {
        Span<int> owners = OwnersOn(node);
        return owners.Count(workload) + owners.Count(Ending(workload));
    }

    /// <summary>Pods of the workloads that an affinity names which are in a zone, those that are ending included.</summary>
    public int NamedIn(int range, int zone) => _affinities!.CountIn(range, zone);

    /// <summary>Pods of some workloads are on a node, those that are ending included.</summary>
    public bool HoldsAny(WorkloadRange range, int node)
    {
        foreach (int owner in OwnersOn(node))
        {
            if (range.Contains(Math.Max(owner, ~owner)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>First pod of a workload on any node, to be asked for its node by <see cref="NodeHolding"/>; −1 for none. Only where an affinity names nodes.</summary>
    public int FirstHeld(int workload) => _affinities!.First(workload);

    /// <summary>The next one of the same workload.</summary>
    public int NextHeld(int held) => _affinities!.Next(held);

    /// <summary>Node of a pod found by <see cref="FirstHeld"/>.</summary>
    public int NodeHolding(int held)
    {
        int low = 0;
        int high = _places.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _places[middle].First <= held ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>Nodes on which spreading counts a pod of a workload.</summary>
    public int NodesOf(int workload) => _spreadOver[workload];

    public void Take(int node, int workload)
    {
        (long cpu, long memory) = _asked[workload];
        if (!FreeOn(node).Fits(cpu, memory))
        {
            throw new InvalidOperationException($"{_nodes.Options[node].Name} has no room for a pod of {_workloads.Options[workload].Name}.");
        }
        _spreadOver[workload] += CountOn(workload, node) == 0 ? 1 : 0;
        ref Use use = ref _use[node];
        _owners[_places[node].First + use.Pods] = workload;
        _affinities?.Add(workload, _places[node].Zone, _places[node].First + use.Pods);
        use.Pods++;
        use.Cpu += cpu;
        use.Memory += memory;
        ref ZoneCount zone = ref InZone(workload, _places[node].Zone);
        zone.Counted++;
        zone.Held++;
    }

    public void Uncount(int node, int workload)
    {
        Span<int> owners = OwnersOn(node);
        owners[Find(owners, workload, node)] = Ending(workload);
        InZone(workload, _places[node].Zone).Counted--;
        _spreadOver[workload] -= owners.Contains(workload) ? 0 : 1;
    }

    public void Release(int node, int workload)
    {
        Span<int> owners = OwnersOn(node);
        int index = Find(owners, Ending(workload), node);
        owners[index] = owners[^1];
        _affinities?.Remove(workload, _places[node].Zone, _places[node].First + index, _places[node].First + owners.Length - 1);
        (long cpu, long memory) = _asked[workload];
        ref Use use = ref _use[node];
        use.Pods--;
        use.Cpu -= cpu;
        use.Memory -= memory;
        InZone(workload, _places[node].Zone).Held--;
    }

    private static int Ending(int workload) => ~workload;

    private int Find(Span<int> owners, int owner, int node)
    {
        int index = owners.IndexOf(owner);
        return index >= 0
            ? index
            : throw new InvalidOperationException(
                $"{_nodes.Options[node].Name} has no such pod of {_workloads.Options[Math.Max(owner, ~owner)].Name}: one is taken, then uncounted, then released.");
    }

    private Span<int> OwnersOn(int node)
    {
        int pods = _use[node].Pods;
        return pods == 0 ? [] : MemoryMarshal.CreateSpan(ref _owners[_places[node].First], pods);
    }

    private ref ZoneCount InZone(int workload, int zone) => ref _inZone[workload * _nodes.Zones.Length + zone];

    /// <summary>What a node has for pods, side by side in memory, and where its list of owners begins.</summary>
    private readonly record struct Place(long Cpu, long Memory, int MaxPods, int Zone, int First);

    private struct Use
    {
        public long Cpu;
        public long Memory;
        public int Pods;
    }

    private struct ZoneCount
    {
        public int Counted;
        public int Held;
    }
}

/// <summary>What is free on a node.</summary>
/// <param name="Cpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="Pods">Pods that its kubelet still takes.</param>
public readonly record struct NodeRoom(long Cpu, long Memory, int Pods)
{
    /// <summary>A pod with these requests fits.</summary>
    public bool Fits(long cpu, long memory) => Pods > 0 && Cpu >= cpu && Memory >= memory;

    /// <summary>So many pods with these requests fit.</summary>
    public int HowMany(long cpu, long memory) =>
        (int)Math.Min(Pods, Math.Min(cpu > 0 ? Cpu / cpu : Pods, memory > 0 ? Memory / memory : Pods));

    /// <summary>What is left once so many pods with these requests are there.</summary>
    public NodeRoom Without(long cpu, long memory, int count) => new(Cpu - cpu * count, Memory - memory * count, Pods - count);
}
