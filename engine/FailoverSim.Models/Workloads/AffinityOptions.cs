namespace FailoverSim.Models.Workloads;

/// <summary>A term of affinity or anti-affinity between pods (InterPodAffinity).</summary>
/// <param name="To">To whose pods; those of the workload itself may be among them.</param>
/// <param name="By">What counts as the same place.</param>
/// <param name="IsHard">requiredDuringScheduling rather than preferred.</param>
/// <param name="IsAnti">Away from them instead of to them.</param>
public sealed record AffinityOptions(WorkloadRange To, SpreadBy By, bool IsHard, bool IsAnti = false);

/// <summary>Workloads whose numbers follow each other: one, or all copies of an entry.</summary>
/// <param name="First">Number of the first one.</param>
/// <param name="Count">How many; 0: none.</param>
public readonly record struct WorkloadRange(int First, int Count)
{
    public bool IsEmpty => Count == 0;

    public bool Contains(int workload) => workload >= First && workload - First < Count;

    /// <summary>Those that are in both.</summary>
    public WorkloadRange And(WorkloadRange other)
    {
        int first = Math.Max(First, other.First);
        int end = Math.Min(First + Count, other.First + other.Count);
        return end > first ? new WorkloadRange(first, end - first) : default;
    }
}
