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
    ];

    public static ComponentSettings? Find(string component) =>
        Components.FirstOrDefault(settings => settings.Component == component);
}
