using System.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Scenario.Specification;
using Xunit;
using static FailoverSim.Tests.Importing.Imports;

namespace FailoverSim.Tests.Importing;

/// <summary>Values of dumps of one's own control planes, traced to the specification that the written scenario gives.</summary>
public sealed class ImportingControlPlanes
{
    [Fact]
    public void Kubeadm_with_stacked_etcd_and_kube_vip()
    {
        ImportResult result = Import(Files("kubeadm"));
        ScenarioSpec spec = Spec(result);
        ClusterSpec cluster = spec.Cluster!;
        Assert.Null(cluster.ManagedControlPlane);
        Assert.Equal(["fra1", "fra2", "fra3"], cluster.Zones.Select(zone => zone.Name));

        PoolSpec leaders = spec.Pool("control-plane");
        Assert.Equal(["fra1", "fra2", "fra3"], leaders.Machines.Select(machine => machine.Zone));
        Assert.Equal(["etcd", "apiserver", "controller-manager", "scheduler", "vip"], leaders.Runs);
        Assert.Null(leaders.Worker);
        WorkerSpec worker = spec.Pool("workers").Worker!;
        // Less what calico-node and kube-proxy request.
        Assert.Equal((7910L - 250 - 10, (31L * 1024 - 64) << 20, 108), (worker.Cpu, worker.Memory, worker.MaxPods));

        Assert.Equal((Seconds(0.25), Seconds(2.5), 10_000), (cluster.Etcd!.Heartbeat, cluster.Etcd.ElectionTimeout, cluster.Etcd.SnapshotCount));
        Assert.Equal((true, Seconds(20)), (cluster.Apiserver!.LocalMember, cluster.Apiserver.ShutdownDelay));
        LeaseSpec controllers = cluster.LeaderElected.Single(component => component.Name == "controller-manager").Lease;
        Assert.Equal((Seconds(60), Seconds(40), Seconds(2)), (controllers.Duration, controllers.RenewDeadline, controllers.Retry));
        LeaseSpec scheduler = cluster.LeaderElected.Single(component => component.Name == "scheduler").Lease;
        Assert.Equal((Seconds(20), Seconds(3)), (scheduler.Duration, scheduler.Retry));
        Assert.Equal((false, Seconds(6), Seconds(4), Seconds(1)),
            (cluster.Vip!.Bgp, cluster.Vip.Lease.Duration, cluster.Vip.Lease.RenewDeadline, cluster.Vip.Lease.Retry));
        Assert.Equal((Seconds(20), 0.25, Seconds(5)),
            (cluster.NodeHealth!.MonitorGracePeriod, cluster.NodeHealth.EvictionRate, cluster.NodeHealth.LeaseRenewInterval));
        Assert.Equal(("calico", "bgp"), (cluster.Cni!.Kind, cluster.Cni.Mode));
        Assert.Equal("coredns", cluster.Dns!.Workload);

        var checkout = cluster.Workloads.Single(group => group.Name == "checkout").Copies.Single();
        Assert.Equal((4, 2, 500L, 256L << 20, Seconds(60)), (checkout.Replicas, checkout.Needed, checkout.Cpu, checkout.Memory, checkout.Grace));
        Assert.Equal((Seconds(20), Seconds(45)), (checkout.Tolerations.NotReady, checkout.Tolerations.Unreachable));
        var dns = cluster.Workloads.Single(group => group.Name == "coredns").Copies.Single();
        // What the template does not say, the flags of the apiserver do.
        Assert.Equal((Seconds(60), Seconds(90)), (dns.Tolerations.NotReady, dns.Tolerations.Unreachable));
        Assert.Equal((Seconds(5), 5), (dns.Liveness!.Timeout, dns.Liveness.Failures));

        Assert.Equal(["api-write", "api-read", "controllers", "scheduling", "dns", "fleet", "coredns", "checkout"], spec.Services.Select(service => service.Name));
        Assert.All(spec.Services.Take(2), service => Assert.Equal("vip", service.Probe!.Through));
        Assert.Contains("- timers: kubernetes/v1.33", result.Scenario, StringComparison.Ordinal);
        Assert.Contains("- timers: etcd/v3.5", result.Scenario, StringComparison.Ordinal);
        Assert.Contains("control-plane-2 is cp-b.prod.example.net", result.Scenario, StringComparison.Ordinal);
        Assert.Contains(("Service", 1), result.Unused);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void External_etcd_behind_haproxy_and_keepalived()
    {
        ImportResult result = Import(Files("external-etcd"));
        ScenarioSpec spec = Spec(result);
        ClusterSpec cluster = spec.Cluster!;
        Assert.Equal([("control-plane", 3), ("etcd", 5), ("lb", 2)], cluster.Pools.Select(pool => (pool.Name, pool.Machines.Count)));
        Assert.Equal(["apiserver", "controller-manager", "scheduler"], spec.Pool("control-plane").Runs);
        Assert.False(cluster.Apiserver!.LocalMember);
        LeaseSpec controllers = Assert.Single(cluster.LeaderElected, component => component.Name == "controller-manager").Lease;
        Assert.Equal((Seconds(30), Seconds(20), Seconds(2)), (controllers.Duration, controllers.RenewDeadline, controllers.Retry));

        HaproxySpec haproxy = cluster.Haproxy!;
        Assert.Equal(("/readyz", Seconds(3), Seconds(5), Seconds(1.5), 2, 4),
            (haproxy.Check.Path, haproxy.Check.Interval, haproxy.Check.DownInterval, haproxy.Check.Timeout, haproxy.Check.Fall, haproxy.Check.Rise));
        Assert.Equal((true, true, 2, Seconds(4)), (haproxy.ShutdownSessionsOnDown, haproxy.Redispatch, haproxy.Retries, haproxy.ConnectTimeout));
        KeepalivedSpec keepalived = cluster.Keepalived!;
        Assert.Equal((Seconds(0.5), 3, true, Seconds(45)), (keepalived.Advert, keepalived.Version, keepalived.Preempt, keepalived.PreemptDelay));
        Assert.Equal([101, 90], keepalived.Priorities);
        Assert.Equal(new TrackSpec("haproxy-alive", Seconds(2), Seconds(2), 3, 2, -20), keepalived.Track);
        Assert.All(spec.Services.Take(2), service => Assert.Equal("keepalived", service.Probe!.Through));
        Assert.Contains("- timers: kubernetes/v1.29", result.Scenario, StringComparison.Ordinal);
        // The listener for statistics has no servers.
        Assert.DoesNotContain(result.Unused, unused => unused.Kind.Contains("backend", StringComparison.Ordinal));
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void What_runs_holds_against_what_was_configured_and_the_difference_is_told()
    {
        List<DumpFile> files = [.. Files("kubeadm").Where(file => file.Name != "kubeadm-config.yaml")];
        files.Add(Text("config.yaml", """
            apiVersion: kubeadm.k8s.io/v1beta3
            kind: ClusterConfiguration
            etcd:
              local:
                extraArgs:
                  heartbeat-interval: "100"
            """));
        ImportResult result = Import(files);
        Assert.Equal(Seconds(0.25), Spec(result, runs: false).Cluster!.Etcd!.Heartbeat);
        Diagnostic told = Assert.Single(result.Diagnostics);
        Assert.Equal((Codes.ImportDiffers, Severity.Warning, "config.yaml", 6, 27), (told.Code, told.Severity, told.File, told.Line, told.Column));
    }

    [Theory]
    [InlineData("--election-timeout=2500", "--election-timeout=1000", "FS0414")]
    [InlineData("--leader-elect-lease-duration=1m0s", "--leader-elect-lease-duration=30s", "FS0413")]
    public void Timers_that_contradict_each_other_are_told_where_the_dump_has_them(string written, string broken, string code)
    {
        List<DumpFile> files = [.. Files("kubeadm").Where(file => file.Name != "kubeadm-config.yaml")];
        int at = files.FindIndex(file => Encoding.UTF8.GetString(file.Content).Contains(written, StringComparison.Ordinal));
        string text = Encoding.UTF8.GetString(files[at].Content);
        files[at] = Text(files[at].Name, text.Replace(written, broken, StringComparison.Ordinal));
        ImportResult result = Import(files);
        Assert.Null(result.Scenario);
        Diagnostic told = Assert.Single(result.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal((code, files[at].Name), (told.Code.Id, told.File));
    }

    [Fact]
    public void Configuration_in_the_cluster_is_read_with_its_places()
    {
        ImportResult result = Import([Text("cm.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: kubeadm-config, namespace: kube-system}
            data:
              ClusterConfiguration: |
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                kubernetesVersion: v1.34.1
                scheduler:
                  extraArgs:
                  - name: leader-elect-lease-duration
                    value: soon
            """)]);
        Diagnostic told = Assert.Single(result.Diagnostics);
        Assert.Equal((Codes.ImportValue, 12), (told.Code, told.Line));
    }
}
