namespace FailoverSim.Models.Nodes;

/// <summary>What the cloud-controller-manager and operators do to Node objects.</summary>
public interface INodeObjectStore
{
    /// <summary>Deletes the Node object of a node.</summary>
    void Delete(int node);

    /// <summary>Takes a taint off that has kept pods from a new node: <see cref="NodeMarks.Uninitialized"/> or <see cref="NodeMarks.NetworkUnavailable"/>.</summary>
    void Lift(int node, NodeMarks taint);
}
