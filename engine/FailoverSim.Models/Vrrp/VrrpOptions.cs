using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Vrrp;

/// <summary>A VRRP group, in the terms of keepalived 2.4.</summary>
/// <param name="Version">2 (RFC 3768) or 3 (RFC 5798): the skew is a share of a second, or of the advertisement interval.</param>
/// <param name="AdvertInterval"><c>advert_int</c>, default 1 s.</param>
/// <param name="Preempt">Whether an instance takes over from one of lower priority (default), or waits until that one is gone (<c>nopreempt</c>).</param>
/// <param name="PreemptDelay">How long it lets a lower one be after it has first heard of it (<c>preempt_delay</c>, default 0).</param>
/// <param name="Script">What each instance tracks; null: nothing.</param>
public sealed record VrrpOptions(
    int Version, SimDuration AdvertInterval, bool Preempt, SimDuration PreemptDelay, TrackedScript? Script);

/// <summary>A script that an instance runs again and again (<c>track_script</c>).</summary>
/// <param name="Interval">Between starts; one that still runs is not started again.</param>
/// <param name="Timeout">After which a script that hangs has failed.</param>
/// <param name="Fall">Failures in a row that count.</param>
/// <param name="Rise">Successes in a row that count.</param>
/// <param name="Weight">0: failure means FAULT. Negative: added to the priority while it fails; positive: while it succeeds.</param>
public sealed record TrackedScript(SimDuration Interval, SimDuration Timeout, int Fall, int Rise, int Weight)
{
    /// <summary>What kubeadm's guide to high availability configures.</summary>
    public static TrackedScript Kubeadm { get; } =
        new(SimDuration.FromSeconds(3), SimDuration.FromSeconds(2), 10, 2, -2);
}

/// <summary>What a tracked script looks at.</summary>
/// <param name="Works">It succeeds, at once.</param>
/// <param name="Asked">While this process is alive and hangs, the script fails by its timeout; otherwise at once. Null: always at once.</param>
public sealed record ScriptSubject(Signal Works, ProcessSignals? Asked);

/// <summary>One keepalived; of two with equal priorities the later in the list has the higher address.</summary>
/// <param name="Machine">Number of its machine in the network; no two share one.</param>
/// <param name="Process">Its process.</param>
/// <param name="Priority">1 to 254.</param>
/// <param name="Subject">What its script looks at, where there is one.</param>
public sealed record VrrpInstance(int Machine, ProcessSignals Process, int Priority, ScriptSubject? Subject);
