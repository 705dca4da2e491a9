namespace FailoverSim.Scenario.Catalogue;

/// <summary>The products whose timers are known, with their versions.</summary>
internal static class Products
{
    public static readonly Product Kubernetes = new("kubernetes",
        ["v1.28", "v1.29", "v1.30", "v1.31", "v1.32", "v1.33", "v1.34", "v1.35", "v1.36"], "v1.36", "v1.36 to v1.37-beta");

    public static readonly Product Etcd = new("etcd", ["v3.4", "v3.5", "v3.6"], "v3.6");

    public static readonly Product KubeVip = new("kube-vip", ["v0.6", "v0.7", "v0.8", "v0.9", "v1.0"], "v1.0", "v1.2.3");

    public static readonly Product Haproxy = new("haproxy", ["2.4", "2.6", "2.8", "3.0", "3.2"], "3.2", "3.5-dev5");

    public static readonly Product Keepalived = new("keepalived", ["2.2", "2.3"], "2.3", "2.4.3");

    public static readonly Product Nginx = new("nginx", ["1.24", "1.26", "1.28"], "1.28", "1.31.4");

    /// <summary>The agent of a pod network.</summary>
    public static readonly Product Calico = new("calico", ["v3.28", "v3.29", "v3.30", "v3.31"], "v3.31", "v3.32");

    /// <summary>Whose load balancer: it has no versions, but a provider.</summary>
    public static readonly Product CloudLb = new("cloud-lb", ["aws-nlb", "aws-elb", "gcp", "azure", "alibaba"], "aws-nlb");

    public static readonly IReadOnlyList<Product> All = [Kubernetes, Etcd, KubeVip, Haproxy, Keepalived, Nginx, Calico, CloudLb];

    /// <summary>The etcd that kubeadm installs with a version of Kubernetes.</summary>
    public static string EtcdOf(string kubernetes) =>
        Kubernetes.Age(kubernetes) >= Kubernetes.Age("v1.34") ? "v3.6" : "v3.5";
}
