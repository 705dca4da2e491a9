namespace FailoverSim.Scenario.Catalogue;

/// <summary>What holds of a workload that says nothing else.</summary>
internal static class WorkloadSettings
{
    private const string Types = "api core/v1/types.go";

    public static readonly ComponentSettings Table = new("workloads", Products.Kubernetes,
    [
        new("start", "1s..5s", "container runtime and a small application", Basis.Unverified),
        new("stop", "1s..5s", "an application that heeds SIGTERM", Basis.Unverified),
        new("grace", "30s", $"terminationGracePeriodSeconds, {Types}"),
        new("readiness.period", "10s", $"periodSeconds, {Types}"),
        new("readiness.timeout", "1s", $"timeoutSeconds, {Types}"),
        new("readiness.failures", "3", $"failureThreshold, {Types}"),
        new("liveness.period", "10s", $"periodSeconds, {Types}") { WithParent = true },
        new("liveness.timeout", "1s", $"timeoutSeconds, {Types}") { WithParent = true },
        new("liveness.failures", "3", $"failureThreshold, {Types}") { WithParent = true },
        new("volume.bound-to", "zone", "as the disks of public clouds", Basis.Engineering) { WithParent = true },
        new("volume.force-detach-after", "6m",
            "--attach-detach-reconcile-max-wait-for-unmount-duration, pkg/controller/volume/attachdetach/reconciler") { WithParent = true },
        new("volume.attach", "6s..35s", "attach of a cloud disk 5 to 30 s, mount 1 to 5 s", Basis.Unverified) { WithParent = true },
        new("up-when", "ready >= 1", "one replica is enough, unless the file asks for more", Basis.Engineering),
    ]);
}
