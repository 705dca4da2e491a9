using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Supervision;

/// <summary>How the processes of one kind are started, stopped and restarted.</summary>
/// <param name="Start">From the start of a process until it listens.</param>
/// <param name="Restart">From an exit to the start of its successor, without back-off.</param>
/// <param name="Backoff">Delays of restarts in a row.</param>
/// <param name="Grace">How long a process that has been asked to stop may take (pod.spec.terminationGracePeriodSeconds, 30 s).</param>
public sealed record ProcessOptions(Law Start, Law Restart, RestartBackoff Backoff, SimDuration Grace)
{
    /// <summary>The greatest <see cref="StopOrder"/>.</summary>
    internal const int LastToStop = 2;

    /// <summary>
    /// Turn in which the process is asked to stop when its machine is taken out: 0 for those that need others to hand over cleanly
    /// (leases are released by way of the API), 1 for kube-apiserver, 2 for etcd.
    /// </summary>
    public int StopOrder { get; init; }
}

/// <summary>CrashLoopBackOff: the first restart is immediate, later ones wait from the end of the process on, twice as long each time.</summary>
/// <remarks>client-go util/flowcontrol/backoff.go as kubelet uses it: an entry is forgotten when a process ends longer than
/// <see cref="Reset"/> after its start.</remarks>
/// <param name="First">Delay of the second restart (10 s; 1 s with the gate ReduceDefaultCrashLoopBackOffDecay, alpha in v1.33).</param>
/// <param name="Max">Greatest delay (300 s; 60 s with that gate; 1–300 s with KubeletCrashLoopBackOffMax, beta in v1.35).</param>
/// <param name="Reset">Who ran longer starts over (10 min).</param>
public sealed record RestartBackoff(SimDuration First, SimDuration Max, SimDuration Reset)
{
    /// <summary>kubelet's defaults.</summary>
    public static RestartBackoff Default { get; } =
        new(SimDuration.FromSeconds(10), SimDuration.FromSeconds(300), SimDuration.FromSeconds(600));
}
