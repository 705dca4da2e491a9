using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Supervision;

/// <summary>kubelet's liveness and startup probes of a static pod, as kubeadm writes them (cmd/kubeadm/app/util/staticpod/utils.go).</summary>
/// <param name="Period">Of the probes (10 s).</param>
/// <param name="Timeout">After which an answer counts as missing (15 s).</param>
/// <param name="Failures">Failures in a row until the process is killed (8).</param>
/// <param name="InitialDelay">After the start of a process nothing is asked for so long (10 s).</param>
/// <param name="StartupFailures">Failures in a row that are forgiven until the first success (24).</param>
/// <param name="FailsAfter">How long a process that runs takes to answer that it is not well (kube-apiserver: its etcd check
/// gives up after 2 s).</param>
public sealed record LivenessOptions(
    SimDuration Period, SimDuration Timeout, int Failures, SimDuration InitialDelay, int StartupFailures, SimDuration FailsAfter);
