namespace FailoverSim.Scenario.Catalogue;

/// <summary>The three components of which one instance acts at a time.</summary>
internal static class LeaderElectedSettings
{
    private const string Lifecycle = "cmd/kube-controller-manager/app/options/nodelifecyclecontroller.go";
    private const string Queue = "pkg/scheduler/backend/queue/scheduling_queue.go";
    private const string Election = "component-base config/v1alpha1/defaults.go";

    public static readonly ComponentSettings ControllerManager = new("controller-manager", Products.Kubernetes,
    [
        .. Lease("false", "controller-manager pkg/features/kube_features.go (a gate since v1.36, off)"),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "1s..5s", "informers start after winning; a small cluster", Basis.Unverified),
        new("node-monitor-period", "5s", "--node-monitor-period, pkg/controller/nodelifecycle") { ForPods = true },
        new("node-monitor-grace-period", "40s", "--node-monitor-grace-period, pkg/controller/nodelifecycle/config/v1alpha1/defaults.go") { ForPods = true },
        new("node-monitor-grace-period", "50s", "--node-monitor-grace-period, kubernetes pull request 126287") { ForPods = true, Since = "v1.32" },
        new("node-startup-grace-period", "60s", "--node-startup-grace-period, pkg/controller/nodelifecycle/config/v1alpha1/defaults.go") { ForPods = true },
        new("node-eviction-rate", "0.1/s", $"--node-eviction-rate, {Lifecycle}") { ForPods = true },
        new("secondary-node-eviction-rate", "0.01/s", $"--secondary-node-eviction-rate, {Lifecycle}") { ForPods = true },
        new("large-cluster-size-threshold", "50", $"--large-cluster-size-threshold, {Lifecycle}") { ForPods = true },
        new("unhealthy-zone-threshold", "55%", $"--unhealthy-zone-threshold, {Lifecycle}") { ForPods = true },
    ]);

    public static readonly ComponentSettings Scheduler = new("scheduler", Products.Kubernetes,
    [
        .. Lease("true", "cmd/kube-scheduler/app/server.go", Basis.Unverified),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "0s..1s", "informers run before winning, cmd/kube-scheduler/app/server.go"),
        new("cycle", "5ms", "one pod at a time, 1 to 20 ms each", Basis.Unverified) { ForPods = true },
        new("pod-initial-backoff-seconds", "1s", $"podInitialBackoffSeconds, {Queue}") { ForPods = true },
        new("pod-max-backoff-seconds", "10s", $"podMaxBackoffSeconds, {Queue}") { ForPods = true },
        new("pod-max-in-unschedulable-pods-duration", "5m", $"--pod-max-in-unschedulable-pods-duration, {Queue}") { ForPods = true },
    ]);

    public static readonly ComponentSettings CloudControllerManager = new("cloud-controller-manager", Products.Kubernetes,
    [
        .. Lease("false", "cloud-provider app/controllermanager.go"),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "1s..5s", "informers start after winning; a small cluster", Basis.Unverified),
        new("node-monitor-period", "5s", "--node-monitor-period, cloud-provider config/v1alpha1/defaults.go") { ForPods = true },
        new("route-reconciliation-period", "10s", "--route-reconciliation-period, cloud-provider controllers/route") { ForPods = true },
    ]);

    private static Setting[] Lease(string release, string releaseSource, Basis basis = Basis.Read) =>
    [
        new("lease.duration", "15s", $"--leader-elect-lease-duration, {Election}"),
        new("lease.renew-deadline", "10s", $"--leader-elect-renew-deadline, {Election}"),
        new("lease.retry", "2s", $"--leader-elect-retry-period, {Election}"),
        new("lease.release-on-exit", release, releaseSource, basis),
    ];
}
