namespace FailoverSim.Models.Workloads;

/// <summary>Wants to know when a budget gives way; told within the event.</summary>
public interface IBudgetWatcher
{
    /// <summary>The eviction API may accept a pod of a workload that it has refused before.</summary>
    void Relaxed(int workload);
}
