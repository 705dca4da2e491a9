namespace FailoverSim.Models.Workloads;

/// <summary>What controllers, operators and providers can do to pods. All of it is charged to the simulation's present cause.</summary>
public interface IPods
{
    /// <summary>First pod bound to a node that is not being deleted, −1 for none.</summary>
    int FirstOn(int node);

    /// <summary>The next one on the same node; to be asked for before the pod is moved.</summary>
    int NextOn(int pod);

    /// <summary>Pods whose containers a node still holds, those that are ending included.</summary>
    int CountOn(int node);

    /// <summary>The eviction API: deletes the pod with its grace unless its budget forbids it.</summary>
    /// <returns>False for 429 Too Many Requests.</returns>
    bool TryEvict(int pod);

    /// <summary>Deletes a pod with its grace; no budget is asked.</summary>
    void Delete(int pod);

    /// <summary>Deletes all pods of a node that have a toleration (its number in <see cref="WorkloadSet.Tolerations"/>).</summary>
    void DeleteTolerating(int node, int toleration);

    /// <summary>Takes the objects of all pods of a node away, those that are being deleted included: nobody waits for its kubelet any more.</summary>
    void ForceDelete(int node);
}

/// <summary>Wants to know when pods have left a node.</summary>
public interface INodeLeft
{
    /// <summary>The last pod that a node held is gone.</summary>
    void Emptied(int node);
}

/// <summary>Follows what the rules of the nodes lead to; told within the event.</summary>
public interface IEndpointWatcher
{
    /// <summary>A pod is in the rules of those nodes whose kube-proxy works, or is taken out of them.</summary>
    void Published(int pod, bool isIn);

    /// <summary>A pod answers requests that reach it, or does not any more.</summary>
    void Answers(int pod, bool answers);

    /// <summary>A place, which is in no rules of working kube-proxies, has got a new pod with another address: old rules lead nowhere.</summary>
    void Renewed(int pod)
    {
    }
}
