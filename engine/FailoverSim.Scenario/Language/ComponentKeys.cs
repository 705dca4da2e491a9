namespace FailoverSim.Scenario.Language;

/// <summary><c>components</c>: the cluster's own parts; their defaults are in the timer catalogues.</summary>
internal static class ComponentKeys
{
    public static readonly Key Etcd = new("etcd", ControlPlaneKeys.Etcd, "The store.");
    public static readonly Key Apiserver = new("apiserver", ControlPlaneKeys.Apiserver, "kube-apiserver.");

    public static readonly Key ControllerManager = new("controller-manager", ControlPlaneKeys.ControllerManager,
        "kube-controller-manager.");

    public static readonly Key Scheduler = new("scheduler", ControlPlaneKeys.Scheduler, "kube-scheduler.");

    public static readonly Key CloudControllerManager = new("cloud-controller-manager",
        ControlPlaneKeys.CloudControllerManager, "cloud-controller-manager.");

    public static readonly Key Vip = new("vip", ControlPlaneKeys.Vip, "kube-vip: an address by a lease.");
    public static readonly Key Haproxy = new("haproxy", BalancerKeys.Haproxy, "HAProxy.");
    public static readonly Key Nginx = new("nginx", BalancerKeys.Nginx, "nginx, whose checks are the clients' requests.");
    public static readonly Key Keepalived = new("keepalived", KeepalivedKeys.Keepalived, "An address by VRRP.");
    public static readonly Key CloudLb = new("cloud-lb", BalancerKeys.CloudLb, "The balancers of a cloud: in front of the apiservers, or of the nodes for workloads that services ask through it.");
    public static readonly Key Clients = new("clients", EdgeKeys.Clients, "What sends the requests that are counted.");
    public static readonly Key Kubelet = new("kubelet", EdgeKeys.Kubelet, "What restarts the processes, and tells the control plane that a node lives.");
    public static readonly Key KubeProxy = new("kube-proxy", NodeKeys.KubeProxy, "Service addresses on the nodes.");
    public static readonly Key Cni = new("cni", NodeKeys.Cni, "The pod network's agent on each node.");
    public static readonly Key Dns = new("dns", NodeKeys.Dns, "Cluster DNS, and the resolvers that ask it; without, names are always known.");
    public static readonly Key Autoscaler = new("autoscaler", NodeKeys.Autoscaler, "Cluster autoscaler, for pools with 'autoscale'.");

    public static readonly Key Descheduler = new("descheduler", NodeKeys.Descheduler,
        "What moves running pods where constraints ask for it; without, nobody does.");

    /// <summary>What <c>runs</c> can name.</summary>
    public static readonly IReadOnlyList<string> Running =
    [
        Etcd.Name, Apiserver.Name, ControllerManager.Name, Scheduler.Name, CloudControllerManager.Name, Vip.Name,
        Haproxy.Name, Nginx.Name, Keepalived.Name,
    ];

    /// <summary>What a managed control plane stands in place of.</summary>
    public static readonly IReadOnlyList<Key> ControlPlane =
        [Etcd, Apiserver, ControllerManager, Scheduler, CloudControllerManager, Vip, Haproxy, Nginx, Keepalived, CloudLb];

    /// <summary>What kubelet starts containers with; it has no settings.</summary>
    public const string ContainerRuntime = "container-runtime";

    /// <summary>What runs on every node that takes pods.</summary>
    public static readonly IReadOnlyList<string> Agents = [Kubelet.Name, KubeProxy.Name, Cni.Name, ContainerRuntime];

    /// <summary>What is there only with nodes that take pods.</summary>
    public static readonly IReadOnlyList<Key> ForPods = [KubeProxy, Cni, Dns, Autoscaler, Descheduler];

    /// <summary>Those of which one instance acts.</summary>
    public static readonly IReadOnlyList<Key> LeaderElected = [ControllerManager, Scheduler, CloudControllerManager];

    public static readonly MappingShape Components = new(
    [
        Etcd, Apiserver, ControllerManager, Scheduler, CloudControllerManager, Vip, Haproxy, Nginx, Keepalived, CloudLb,
        Clients, Kubelet, KubeProxy, Cni, Dns, Autoscaler, Descheduler,
    ]);
}
