namespace FailoverSim.Models.Nodes;

/// <summary>What the cloud-controller-manager and operators do to Node objects.</summary>
public interface INodeObjectStore
{
    /// <summary>Deletes the Node object of a node.</summary>
    void Delete(int node);

    /// <summary>Takes the <c>uninitialized</c> taint off.</summary>
    void Initialize(int node);
}
