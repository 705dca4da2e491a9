namespace FailoverSim.Models.Cloud;

/// <summary>The pods that fit nowhere, as an autoscaler sees them.</summary>
public interface IPendingPods
{
    /// <summary>
    /// How many new nodes of a pool, in a zone, the pods would fill that have been found unschedulable and could go there,
    /// roughly: their requests over what one node offers, rounded up; 0: there is none. A pod that is free to choose counts
    /// everywhere. Asked often: not to be counted anew each time.
    /// </summary>
    int NodesFor(int pool, int zone);

    /// <summary>Somebody wants to know when a pod has been found unschedulable; only while the model is built.</summary>
    void WatchedBy(IPendingWatcher watcher);
}

/// <summary>Wants to know when pods fit nowhere; told within the event.</summary>
public interface IPendingWatcher
{
    /// <summary>One more pod has been found unschedulable.</summary>
    void PodWaits();
}
