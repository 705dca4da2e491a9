using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>Finds the node with most room, and keeps up with what is free, in O(log n).</summary>
/// <remarks>
/// Per group of like nodes a tournament tree: each entry has the greatest share, cpu, memory and number of pods that are free
/// on a node below it. A search goes down the greater share first and leaves out what cannot fit or cannot win; what it finds
/// is exactly what a look at all nodes would find, and so is that there is none. It visits more than a path only where the
/// nodes with most room are forbidden, or have one resource left without the other.
/// All zeroes: not built yet; it is built when first asked, from what the nodes are then.
/// </remarks>
internal sealed class CapacityIndex
{
    private readonly NodeObjects _nodes;
    private readonly ImmutableArray<int> _groupOf;
    private readonly ImmutableArray<int> _leafOf;
    private readonly ImmutableArray<int> _origins;
    private readonly ImmutableArray<int> _widths;
    private readonly State<Entry> _entries;
    private readonly State<bool> _isBuilt;

    public CapacityIndex(ModelBuilder builder, NodeObjects nodes)
    {
        _nodes = nodes;
        Groups = NodeGroup.Of(nodes.Set);
        int[] groupOf = new int[nodes.Set.Count];
        int[] leafOf = new int[nodes.Set.Count];
        int[] origins = new int[Groups.Length + 1];
        int[] widths = new int[Groups.Length];
        for (int g = 0; g < Groups.Length; g++)
        {
            // Entry 1 of a tree is its root, 2e and 2e + 1 are below e, the leaves are the upper half.
            widths[g] = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Groups[g].Members.Length);
            origins[g + 1] = origins[g] + 2 * widths[g];
            for (int i = 0; i < Groups[g].Members.Length; i++)
            {
                groupOf[Groups[g].Members[i]] = g;
                leafOf[Groups[g].Members[i]] = widths[g] + i;
            }
        }
        _groupOf = [.. groupOf];
        _leafOf = [.. leafOf];
        _origins = [.. origins];
        _widths = [.. widths];
        _entries = new State<Entry>(origins[^1]);
        _isBuilt = new State<bool>(1);
        builder.Register(_entries);
        builder.Register(_isBuilt);
    }

    public ImmutableArray<NodeGroup> Groups { get; }

    /// <summary>Something about a node has changed: whether it may be bound to, or what is free on it.</summary>
    public void Update(int node)
    {
        if (!_isBuilt[0])
        {
            return;
        }
        int origin = _origins[_groupOf[node]];
        int entry = _leafOf[node];
        _entries[origin + entry] = LeafFor(node);
        while (entry > 1)
        {
            entry /= 2;
            Entry joint = Joint(origin, entry);
            if (joint == _entries[origin + entry])
            {
                break;
            }
            _entries[origin + entry] = joint;
        }
    }

    /// <summary>Looks for a node of a group that is better than the best one found so far.</summary>
    public void Search(int group, ref NodeSearch search)
    {
        if (!_isBuilt[0])
        {
            Build();
        }
        NodeGroup nodes = Groups[group];
        double requested = nodes.ShareOf(search.Cpu, search.Memory);
        Descend(nodes, _origins[group], 1, 0, _widths[group], requested, ref search);
    }

    /// <summary>Share that is free on a node once a pod is there; compared as by a search.</summary>
    public double ShareLeft(int node, long cpu, long memory)
    {
        NodeRoom free = _nodes.FreeOn(node);
        NodeGroup group = Groups[_groupOf[node]];
        return group.ShareOf(free.Cpu, free.Memory) - group.ShareOf(cpu, memory);
    }

    private void Descend(NodeGroup nodes, int origin, int entry, int first, int width, double requested, ref NodeSearch search)
    {
        ref readonly Entry here = ref _entries[origin + entry];
        if (here.Pods <= 0 || here.Cpu < search.Cpu || here.Memory < search.Memory
            || !search.IsBetter(here.Share - requested, nodes.Members[first]))
        {
            return;
        }
        if (width == 1)
        {
            search.Meet(nodes.Members[first], here.Share - requested);
            return;
        }
        int half = width / 2;
        int left = 2 * entry;
        bool leftFirst = _entries[origin + left].Share >= _entries[origin + left + 1].Share;
        Descend(nodes, origin, leftFirst ? left : left + 1, leftFirst ? first : first + half, half, requested, ref search);
        Descend(nodes, origin, leftFirst ? left + 1 : left, leftFirst ? first + half : first, half, requested, ref search);
    }

    private void Build()
    {
        for (int g = 0; g < Groups.Length; g++)
        {
            int width = _widths[g];
            ImmutableArray<int> members = Groups[g].Members;
            for (int i = 0; i < width; i++)
            {
                _entries[_origins[g] + width + i] = i < members.Length ? LeafFor(members[i]) : Entry.Closed;
            }
            for (int entry = width - 1; entry > 0; entry--)
            {
                _entries[_origins[g] + entry] = Joint(_origins[g], entry);
            }
        }
        _isBuilt[0] = true;
    }

    private Entry LeafFor(int node)
    {
        if (!_nodes.IsSchedulable(node))
        {
            return Entry.Closed;
        }
        NodeRoom free = _nodes.FreeOn(node);
        return new Entry(Groups[_groupOf[node]].ShareOf(free.Cpu, free.Memory), free.Cpu, free.Memory, free.Pods);
    }

    private Entry Joint(int origin, int entry)
    {
        ref readonly Entry left = ref _entries[origin + 2 * entry];
        ref readonly Entry right = ref _entries[origin + 2 * entry + 1];
        return new Entry(
            Math.Max(left.Share, right.Share), Math.Max(left.Cpu, right.Cpu), Math.Max(left.Memory, right.Memory), Math.Max(left.Pods, right.Pods));
    }

    /// <summary>The most that is free on any one node below, each for itself.</summary>
    private readonly record struct Entry(double Share, long Cpu, long Memory, int Pods)
    {
        public static Entry Closed => new(-1, -1, -1, -1);
    }
}
