namespace FailoverSim.Scenario.Catalogue;

/// <summary>The three components of which one instance acts at a time.</summary>
internal static class LeaderElectedSettings
{
    private const string Election = "component-base config/v1alpha1/defaults.go";

    public static readonly ComponentSettings ControllerManager = new("controller-manager", Products.Kubernetes,
    [
        .. Lease("false", "controller-manager pkg/features/kube_features.go (a gate since v1.36, off)"),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "1s..5s", "informers start after winning; a small cluster", Basis.Unverified),
        new("node-monitor-period", "5s", "--node-monitor-period, pkg/controller/nodelifecycle"),
        new("node-monitor-grace-period", "40s", "--node-monitor-grace-period, pkg/controller/nodelifecycle/config/v1alpha1/defaults.go"),
        new("node-monitor-grace-period", "50s", "--node-monitor-grace-period, kubernetes pull request 126287") { Since = "v1.32" },
        new("node-startup-grace-period", "60s", "--node-startup-grace-period, pkg/controller/nodelifecycle/config/v1alpha1/defaults.go"),
    ]);

    public static readonly ComponentSettings Scheduler = new("scheduler", Products.Kubernetes,
    [
        .. Lease("true", "cmd/kube-scheduler/app/server.go", Basis.Unverified),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "0s..1s", "informers run before winning, cmd/kube-scheduler/app/server.go"),
    ]);

    public static readonly ComponentSettings CloudControllerManager = new("cloud-controller-manager", Products.Kubernetes,
    [
        .. Lease("false", "cloud-provider app/controllermanager.go"),
        new("start", "1s..3s", "process until it campaigns", Basis.Engineering),
        new("sync", "1s..5s", "informers start after winning; a small cluster", Basis.Unverified),
    ]);

    private static Setting[] Lease(string release, string releaseSource, Basis basis = Basis.Read) =>
    [
        new("lease.duration", "15s", $"--leader-elect-lease-duration, {Election}"),
        new("lease.renew-deadline", "10s", $"--leader-elect-renew-deadline, {Election}"),
        new("lease.retry", "2s", $"--leader-elect-retry-period, {Election}"),
        new("lease.release-on-exit", release, releaseSource, basis),
    ];
}
