namespace FailoverSim.Scenario.Catalogue;

/// <summary>The defaults of all components: what <c>use: timers</c> chooses from.</summary>
internal static class TimerCatalogue
{
    /// <summary>In the order in which people think of a cluster.</summary>
    public static readonly IReadOnlyList<ComponentSettings> Components =
    [
        EtcdSettings.Table,
        ApiserverSettings.Table,
        LeaderElectedSettings.ControllerManager,
        LeaderElectedSettings.Scheduler,
        LeaderElectedSettings.CloudControllerManager,
        KubeVipSettings.Table,
        HaproxySettings.Table,
        NginxSettings.Table,
        KeepalivedSettings.Table,
        CloudLbSettings.Table,
        ClientSettings.Table,
        KubeletSettings.Table,
        NodeSettings.KubeProxy,
        NodeSettings.Cni,
        NodeSettings.Dns,
        NodeSettings.Autoscaler,
        NodeSettings.Descheduler,
    ];

    /// <summary>What an API server fills in where a workload says nothing.</summary>
    public static readonly ComponentSettings Workloads = WorkloadSettings.Table;

    public static IEnumerable<ComponentSettings> All => [.. Components, NodeSettings.CoreDns, Workloads];

    public static ComponentSettings? Find(string component) =>
        All.FirstOrDefault(settings => settings.Component == component);
}
