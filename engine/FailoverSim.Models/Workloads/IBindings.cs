namespace FailoverSim.Models.Workloads;

/// <summary>Where pods are.</summary>
public interface IBindings
{
    /// <summary>Node that a pod is bound to; −1 while it has none, or is being deleted.</summary>
    int NodeOf(int pod);
}

/// <summary>Wants to know where pods go; told within the event.</summary>
public interface IBindingWatcher
{
    /// <summary>A pod has been bound to a node.</summary>
    void Bound(int pod, int node);

    /// <summary>The deletion of a pod that was bound to a node has begun, or it is gone at once.</summary>
    void Unbound(int pod, int node);
}
