namespace FailoverSim.Models.Nodes;

/// <summary>Follows what the API server says of nodes; told within the event that changes it, after <see cref="NodeObjects"/> has changed.</summary>
public interface INodeWatcher
{
    /// <summary>A Node object has appeared, ready.</summary>
    void Registered(int node);

    /// <summary>
    /// A taint that has kept pods from a new node has been taken off: it has been initialized (its machine is known by its provider's name), or there is a
    /// route to its pods.
    /// </summary>
    void Lifted(int node, NodeMarks taint)
    {
    }

    /// <summary>
    /// Ready is no longer True. If that is because nobody has heard of it, its pods have been marked not ready; not if its kubelet
    /// says so (<see cref="NodeMarks.SaysNotReady"/>).
    /// </summary>
    void NotReady(int node);

    /// <summary>Ready again: its pods' readiness is what its kubelet says.</summary>
    void Ready(int node);

    /// <summary>The NoExecute taint has been set.</summary>
    void Tainted(int node);

    /// <summary>The NoExecute taint has made way for that of the other kind.</summary>
    void Retainted(int node)
    {
    }

    /// <summary>The NoExecute taint has been taken off, whether the node is ready again or not.</summary>
    void Untainted(int node)
    {
    }

    /// <summary>Somebody vouches that nothing runs there; the mark goes when the node is ready again.</summary>
    void OutOfService(int node)
    {
    }

    /// <summary>The Node object is gone; its pods are orphans until they are collected.</summary>
    void Deleted(int node);
}
