using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Scenario.Specification;
using Xunit;
using static FailoverSim.Tests.Importing.Imports;

namespace FailoverSim.Tests.Importing;

/// <summary>Files that look like others, names that are no names, and what only some clusters have.</summary>
public sealed class RareDumps
{
    private const string Keepalived = """
        vrrp_instance VI_1 {
          priority 100
          unicast_peer { 10.0.0.2 10.0.0.3 }
          track_script { chk weight -20 }
        }
        vrrp_script chk {
          script "killall -0 haproxy"
          weight -5
        }
        """;

    private const string Haproxy = """
        defaults
            mode tcp
            option httpchk GET /readyz
            option redispatch
        backend apiservers
            option tcp-check
            no option redispatch
            server-template cp 1-5 cp.example.net:6443 check inter 7s
        """;

    [Fact]
    public void Configuration_within_an_object_is_not_a_configuration()
    {
        string held = $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: lb}}\ndata:\n  k.conf: |\n{Indented(Keepalived)}\n  h.cfg: |\n{Indented(Haproxy)}\n";
        ImportResult result = Import([Node("a"), Text("cm.yaml", held)]);
        Assert.Contains("control-plane: {kind: managed", result.Scenario, StringComparison.Ordinal);
        Assert.Equal([("ConfigMap", 1)], result.Unused);
    }

    [Fact]
    public void Notes_in_a_folder_are_no_haproxy_cfg()
    {
        DumpFile notes = Text("notes.md", "First\n\nbackend is what answers\nlisten to it\n");
        DumpFile other = Text("web.cfg", "backend web\n  server a 10.0.0.1:80\nbackend b\n  server b b:81\n");
        ImportResult result = Import([Node("a"), notes with { IsNamed = false }, other with { IsNamed = false }]);
        Assert.Empty(result.Diagnostics);
        Assert.Equal([("file '*.cfg' of another kind", 1), ("file '*.md' of another kind", 1)], result.Unused);
        Assert.Equal(Codes.ImportValue, Assert.Single(Import([Node("a"), other]).Diagnostics).Code);
    }

    [Fact]
    public void Details_of_balancers_count()
    {
        ClusterSpec cluster = Spec(Import([Text("h.cfg", Haproxy), Text("k.conf", Keepalived)]), runs: false).Cluster!;
        Assert.Equal([("control-plane", 5), ("lb", 3)], cluster.Pools.Select(pool => (pool.Name, pool.Machines.Count)));
        Assert.Equal((false, "tcp", Seconds(7)), (cluster.Haproxy!.Redispatch, cluster.Haproxy.Check.Path, cluster.Haproxy.Check.Interval));
        Assert.Equal(-20, cluster.Keepalived!.Track!.Weight);
    }

    [Theory]
    [InlineData("https://127.0.0.1:2379", true)]
    [InlineData("https://10.0.0.1:2379", true)]
    [InlineData("https://10.0.0.9:2379", false)]
    [InlineData("https://10.0.0.1:2379,https://10.0.0.2:2379,https://10.0.0.3:2379", false)]
    public void Stacked_etcd_is_asked_as_the_apiservers_are_told(string servers, bool isLocal)
    {
        ImportResult result = Import([Static("etcd", "etcd"), Static("api", "kube-apiserver", "--advertise-address=10.0.0.1", $"--etcd-servers={servers}")]);
        ClusterSpec cluster = Spec(result, runs: false).Cluster!;
        Assert.Contains("etcd", Assert.Single(cluster.Pools).Runs);
        Assert.Equal(isLocal, cluster.Apiserver!.LocalMember);
    }

    [Fact]
    public void A_name_with_line_breaks_stays_a_remark()
    {
        ImportResult result = Import([Node("a\\nnodes: {}\\u2028x")]);
        Assert.Contains("# workers-1 is a nodes: {} x\n", result.Scenario, StringComparison.Ordinal);
        Spec(result, runs: false);
    }

    [Theory]
    [InlineData("kube-system", "kind: ClusterConfiguration\nkubernetesVersion: v1.32.0", "kubernetes/v1.32", null)]
    [InlineData("shop", "kind: ClusterConfiguration\nkubernetesVersion: v1.32.0", null, null)]
    [InlineData("kube-system", "kind: Deployment", null, null)]
    [InlineData("kube-system", "kind: [", null, "FS0803")]
    public void Only_kubeadms_own_objects_hold_configurations(string space, string data, string? version, string? code)
    {
        ImportResult result = Import([Node("a"), Text("cm.yaml",
            $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: kubeadm-config, namespace: {space}}}\ndata:\n  ClusterConfiguration: |\n{Indented(data)}\n")]);
        Assert.Equal(code, result.Diagnostics.SingleOrDefault()?.Code.Id);
        Assert.Equal(code is null, result.Scenario is not null);
        Assert.Equal(version is not null, result.Scenario?.Contains("timers: kubernetes/v1.32", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Scrubbed_scenarios_name_no_custom_kinds()
    {
        ImportResult result = Import(
            [Node("a"), Text("x.yaml", "apiVersion: acme.example/v1\nkind: AcmeThing\n---\napiVersion: batch/v1\nkind: CronJob\n"),
                Text("x.acme", "text") with { IsNamed = false }], isAnonymous: true);
        Assert.Equal([("CronJob", 1), ("file of another kind", 1), ("object of a custom kind", 1)], result.Unused);
    }

    [Theory]
    [InlineData("cloud-controller-manager", true)]
    [InlineData("kube-apiserver", false)]
    public void Only_the_core_of_a_control_plane_makes_it_the_users_own(string program, bool isManaged) =>
        Assert.Equal(isManaged, Spec(Import([Node("a"), Static("p", program)]), runs: false).Cluster!.ManagedControlPlane is not null);

    [Fact]
    public void Members_beside_a_node_of_etcd_alone_stay()
    {
        string[] labels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/etcd"];
        ClusterSpec cluster = Spec(Import([Node("a", labels), Node("b", labels), Node("c", labels[..1]), Node("d", labels[1..])]), runs: false).Cluster!;
        Assert.Equal(3, cluster.Pools.Where(pool => pool.Runs.Contains("etcd")).Sum(pool => pool.Machines.Count));
        Assert.Equal(3, cluster.Pools.Where(pool => pool.Runs.Contains("apiserver")).Sum(pool => pool.Machines.Count));
    }

    [Fact]
    public void A_node_that_does_not_tell_its_room_takes_it_from_no_other()
    {
        DumpFile silent = Text("silent.yaml", "apiVersion: v1\nkind: Node\nmetadata: {name: silent, labels: {node.kubernetes.io/instance-type: m}}\n");
        DumpFile other = Node("a", ["node.kubernetes.io/instance-type"], "m");
        Assert.Equal(2000, Spec(Import([silent, other]), runs: false).Pool("workers").Worker!.Cpu);
    }

    [Fact]
    public void A_pool_without_room_beside_its_DaemonSets_takes_no_pods_and_is_told()
    {
        ImportResult result = Import([Node("a"), Workload("DaemonSet", "greedy", "", "3")]);
        Assert.Null(Spec(result, runs: false).Pool("workers").Worker);
        Assert.Equal(Codes.ImportAdapted, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void An_empty_term_of_node_affinity_matches_no_node()
    {
        const string affinity = "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}]}}}";
        ImportResult result = Import([Node("a"), Workload("Deployment", "web", affinity)]);
        Assert.Contains(("Deployment that no node of the dump fits", 1), result.Unused);
    }

    [Theory]
    [InlineData("", "pod affinity to pods of no workload", 0)]
    [InlineData(", namespaceSelector: {}", null, 1)]
    [InlineData(", namespaceSelector: {matchLabels: {team: a}}", "pod affinity with a namespaceSelector", 0)]
    public void Affinity_reaches_the_namespaces_that_it_selects(string selector, string? unused, int terms)
    {
        string affinity = "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
            + $"[{{topologyKey: kubernetes.io/hostname, labelSelector: {{matchLabels: {{app: far}}}}{selector}}}]}}}}";
        ImportResult result = Import([Node("a"), Node("b"), Workload("Deployment", "near", affinity), Workload("Deployment", "far", "", space: "away")]);
        Assert.Equal(terms, Spec(result, runs: false).Cluster!.Workloads.Single(group => group.Name == "near").Copies.Single().Affinity.Length);
        Assert.Equal(unused, result.Unused.Select(kind => kind.Kind).SingleOrDefault());
    }

    [Fact]
    public void A_pod_of_two_components_requests_once()
    {
        const string pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: lb, namespace: kube-system}
            spec:
              nodeName: a
              containers:
              - {name: h, image: haproxy, resources: {requests: {cpu: 500m}}}
              - {name: k, image: keepalived, resources: {requests: {cpu: 100m}}}
            """;
        ImportResult result = Import([Node("a", ["node-role.kubernetes.io/control-plane"]), Text("pod.yaml", pod)]);
        Assert.Equal(1400, Spec(result, runs: false).Pool("control-plane").Worker!.Cpu);
    }

    [Theory]
    [InlineData("", "bgp", true)]
    [InlineData("{name: CALICO_NETWORKING_BACKEND, value: vxlan}", "vxlan", false)]
    [InlineData("{name: CALICO_IPV4POOL_IPIP, value: Always}", "ipip", false)]
    public void Calico_goes_as_its_variables_say(string variable, string mode, bool isAssumed)
    {
        ImportResult result = Import([Node("a"), Text("cni.yaml", Cni($"- {{name: calico-node, env: [{variable}]}}"))]);
        CniSpec cni = Spec(result, runs: false).Cluster!.Cni!;
        Assert.Equal(("calico", mode), (cni.Kind, cni.Mode));
        Assert.Equal(isAssumed, result.Assumed.Any(text => text.StartsWith("Calico", StringComparison.Ordinal)));
    }

    [Fact]
    public void Calico_that_keeps_policies_only_leaves_the_network_to_flannel()
    {
        ImportResult result = Import([Node("a"), Text("cni.yaml",
            Cni("- {name: calico-node, env: [{name: CALICO_NETWORKING_BACKEND, value: none}]}\n      - {name: kube-flannel}"))]);
        Assert.Equal("flannel", Spec(result, runs: false).Cluster!.Cni!.Kind);
        Assert.Empty(result.Diagnostics);
    }

    private static string Indented(string text) => "    " + text.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal);

    private static string Cni(string containers) =>
        $"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: cni}}\nspec:\n  template:\n    spec:\n      containers:\n      {containers}\n";

    private static DumpFile Node(string name, string[]? labels = null, string value = "") => Text($"node-{name.Length}{name[0]}.yaml", $$"""
        apiVersion: v1
        kind: Node
        metadata: {name: "{{name}}", labels: { {{string.Join(", ", (labels ?? []).Select(label => $"{label}: \"{value}\""))}} } }
        status: {allocatable: {cpu: "2", memory: 8Gi, pods: "110"} }
        """);

    private static DumpFile Static(string name, string program, params string[] flags) => Text($"{name}.yaml", $$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: {{name}}, namespace: kube-system}
        spec: {containers: [{name: {{name}}, command: [{{string.Join(", ", flags.Prepend(program).Select(word => $"\"{word}\""))}}]}]}
        """);

    private static DumpFile Workload(string kind, string name, string affinity, string cpu = "100m", string space = "default") => Text($"{name}.yaml", $$"""
        apiVersion: apps/v1
        kind: {{kind}}
        metadata: {name: {{name}}, namespace: {{space}} }
        spec:
          template:
            metadata: {labels: {app: {{name}} } }
            spec:
              containers: [{name: c, resources: {requests: {cpu: {{cpu}} } } }]
              {{affinity}}
        """);

    /// <summary>Longer than the language allows, and all the same when cut or cleaned.</summary>
    [Fact]
    public void Long_and_equal_names_stay_apart()
    {
        string end = new('x', 240);
        ImportNames names = new("pool", Enumerable.Range(0, 50_000).Select(i => ($"{i}", i % 2 == 0 ? $"a{end}{i}" : "a.")), isAnonymous: false, areCounted: true);
        string[] all = [.. Enumerable.Range(0, 50_000).Select(i => names[$"{i}"])];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, name => Assert.True(name.Length < 200 && name[0] == 'a'));
        ImportNames counted = new("pool", [("1", "cp-2"), ("2", "cp"), ("3", "cp-2-1"), ("4", "cp-b")], isAnonymous: false, areCounted: true);
        Assert.Equal(["cp-2", "cp-b", "cp-2-1-b", "cp-b-b"], new[] { "1", "2", "3", "4" }.Select(name => counted[name]));
    }
}
