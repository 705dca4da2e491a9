using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Scheduling;

/// <summary>kube-scheduler (v1.33) with its default profile.</summary>
public sealed record SchedulerOptions
{
    /// <summary>One attempt to place one pod; attempts follow one another. 1 to 20 ms in clusters of up to 5,000 nodes.</summary>
    public SimDuration Cycle { get; init; } = SimDuration.FromSeconds(0.005);

    /// <summary>podInitialBackoffSeconds: after the first attempt that fails; doubled by each further one.</summary>
    public SimDuration PodInitialBackoff { get; init; } = SimDuration.FromSeconds(1);

    /// <summary>podMaxBackoffSeconds.</summary>
    public SimDuration PodMaxBackoff { get; init; } = SimDuration.FromSeconds(10);

    /// <summary>Time after which a pod is tried again although nothing has happened that could help (podMaxInUnschedulablePodsDuration).</summary>
    public SimDuration UnschedulableFlush { get; init; } = SimDuration.FromSeconds(300);
}
