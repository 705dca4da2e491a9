using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Nodes;

/// <summary>The Node objects: what the API server says of each node.</summary>
public sealed class NodeObjects
{
    private const NodeMarks Repels = NodeMarks.NotReady | NodeMarks.NoExecute | NodeMarks.Cordoned | NodeMarks.Uninitialized | NodeMarks.OutOfService;

    private readonly State<NodeMarks> _marks;

    public NodeObjects(ModelBuilder builder, NodeSet set)
    {
        Set = set;
        _marks = new State<NodeMarks>(set.Count);
        builder.Register(_marks);
    }

    public NodeSet Set { get; }

    public bool Is(int node, NodeMarks flag) => (_marks[node] & flag) != 0;

    /// <summary>New pods may be bound to it, if they fit.</summary>
    public bool IsSchedulable(int node) => (_marks[node] & (Repels | NodeMarks.Registered)) == NodeMarks.Registered;

    /// <summary>Sets or clears flags.</summary>
    public void Mark(int node, NodeMarks flags, bool value)
    {
        _marks[node] = value ? _marks[node] | flags : _marks[node] & ~flags;
    }

    public void Release(int node, int workload)
    {
    }

    public void Uncount(int node, int workload)
    {
    }
}
