using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Leases;

/// <summary>The timers of client-go leader election (tools/leaderelection). They must satisfy L &gt; D &gt; 1.2 R.</summary>
/// <param name="Duration">L: a candidate that has not seen the record change for so long takes it; default of Kubernetes 15 s.</param>
/// <param name="RenewDeadline">D: a leader whose renewals have failed for so long gives up; default 10 s.</param>
/// <param name="RetryPeriod">R: time between renewals, and the least time between two polls of a candidate; default 2 s.</param>
/// <param name="ReleaseOnStop">A leader that stops cleanly, or gives up, empties the record (ReleaseOnCancel): kube-scheduler and kube-vip do, kube-controller-manager and cloud controllers do not.</param>
public sealed record LeaseTimers(SimDuration Duration, SimDuration RenewDeadline, SimDuration RetryPeriod, bool ReleaseOnStop)
{
    /// <summary>Polls of candidates are R × (1 + 1.2 U) apart (JitterFactor).</summary>
    public const double Jitter = 1.2;

    /// <summary>A released record is written with this duration.</summary>
    public static readonly SimDuration ReleasedDuration = SimDuration.FromSeconds(1);

    /// <summary>The election's own client gives up a request after max(1 s, D / 2) (resourcelock/interface.go).</summary>
    public SimDuration RequestTimeout => new(Math.Max(SimDuration.NanosecondsPerSecond, RenewDeadline.Nanoseconds / 2));

    /// <summary>Whether a leader that was never paused gives up, R + D after its last renewal, before anybody may take over.</summary>
    public bool KeepApart => Duration.Nanoseconds > RenewDeadline.Nanoseconds + RetryPeriod.Nanoseconds;
}
