using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>
/// The container runtime of a node is out, from the text of a scenario to the outages of its pod: nothing but its eviction is noticed. One large node
/// takes the pod at first, because it has most room.
/// </summary>
public class RuntimeStories
{
    /// <summary>Last answer, status, pass and worker.</summary>
    private const double LeastDoubt = 25, MostDoubt = 30 + 10.42;
    private const double LeastTaint = LeastDoubt, MostTaint = MostDoubt + Pass + 0.1;

    [Theory]
    [InlineData("down", 60, 300)]
    [InlineData("down", 300, 60)]
    [InlineData("hang", 60, 300)]
    [InlineData("hang", 300, 60)]
    public void Pods_stay_for_as_long_as_they_tolerate_a_node_that_says_it_is_not_ready(string state, int notReady, int unreachable)
    {
        Outcomes seen = Outcomes.Of(Text($"replicas: 1, tolerations: {{not-ready: {notReady}s, unreachable: {unreachable}s}}", "container-runtime@large-1", state));
        IReadOnlyList<Seen> outages = seen.Of("app").Number(400).Are("failover").Mean(Ready, 0.1)
            .OnlyStages("schedule", "pull", "start", "ready", "propagate");
        Assert.All(outages, o => Assert.InRange(o.Start - 3600 - notReady, LeastTaint, MostTaint));
        Assert.All(seen.Counts("nodes.not-ready-reported"), count => Assert.Equal(1, count));
        Assert.All(seen.Counts("nodes.not-ready"), count => Assert.Equal(0, count));
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(1, count));
        // Its containers went on and answered.
        Assert.All(seen.Counts("taint-evictions-false"), count => Assert.Equal(1, count));
    }

    /// <summary>The other toleration, by the same file: the machine hangs.</summary>
    [Fact]
    public void And_for_as_long_as_they_tolerate_one_that_is_silent()
    {
        Outcomes seen = Outcomes.Of(Text("replicas: 1, tolerations: {not-ready: 60s, unreachable: 200s}", "nodes.large-1", "hang"));
        seen.Of("app").Number(400).Are("failover").Mean(Detect + Pass + 200 + Ready, 0.1).Stage("tolerate", 200, 0.001);
    }

    [Fact]
    public void Pods_that_say_nothing_stay_for_the_defaults_of_the_apiserver()
    {
        string Defaults(string values) => Text("replicas: 1", "container-runtime@large-1", "down") + $"components: {{apiserver: {values}}}\n";
        IReadOnlyList<Seen> outages = Outcomes.Of(
            Defaults("{default-not-ready-toleration-seconds: 40s, default-unreachable-toleration-seconds: 90s}")).Of("app").Number(400);
        Assert.All(outages, o => Assert.InRange(o.Start - 3640, LeastTaint, MostTaint));
    }

    /// <summary>Its runtime answers again at 7,200 s; the kubelet looks within 5 s and goes back to work within 5 more, and the container has to stop.</summary>
    [Fact]
    public void A_stateful_set_waits_for_the_runtime()
    {
        IReadOnlyList<Seen> outages = Outcomes.Of(Text("kind: stateful-set, replicas: 1, stop: 1s..2s", "container-runtime@large-1", "down"))
            .Of("app").Number(400).Are("failover");
        Assert.All(outages, o => Assert.InRange(o.Start - 3900, LeastTaint, MostTaint));
        Assert.All(outages, o => Assert.InRange(o.Start + o.Length - 7200, 1 + 1 + 1.4, 1 + 10 + 2 + 10.1));
    }

    /// <summary>Whoever ends or vouches for such a node goes by Ready alone, and frees its stateful sets.</summary>
    [Theory]
    [InlineData("replace-after: 10m, boot: 2m", 600 + 35, 600 + 120 + 10)]
    [InlineData("out-of-service-after: 6m", 360, 360 + 20.05)]
    public void A_machine_that_is_replaced_or_vouched_for_gives_its_pods_up(string how, double least, double most)
    {
        Outcomes seen = Outcomes.Of(Text("kind: stateful-set, replicas: 1", "container-runtime@large-1", "down", large: $", {how}"));
        IReadOnlyList<Seen> outages = seen.Of("app").Number(400).Are("failover");
        // Sandbox, start, first probe and the way into the rules.
        Assert.All(outages, o => Assert.InRange(o.Start + o.Length - 3600, LeastDoubt + least + 1.4, MostDoubt + most + 10.1));
    }

    [Fact]
    public void Half_a_minute_is_not_noticed_at_all()
    {
        Outcomes seen = Outcomes.Of(Text("replicas: 1, tolerations: {not-ready: 0s}", "container-runtime@large-1", "down", "20s"), replications: 50);
        seen.Of("app").Number(0);
        Assert.All(seen.Counts("pods.deleted"), count => Assert.Equal(0, count));
    }

    private static string Text(string app, string of, string state, string lasts = "1h", string large = "") => $$$"""
        use: [{timers: kubernetes/v1.33}]
        topology: {zones: [a, b]}
        nodes:
          large: {count: 1, place: {a: 1}, cpu: 16{{{large}}} }
          small: {count: 3, place: {b: 3}, cpu: 8}
        workloads:
          app: { {{{app}}}, cpu: 2 }
        services: {app: {probe: workload app}}
        faults:
          f: { at: [1h], of: {{{of}}}, state: {{{state}}}, lasts: {{{lasts}}} }

        """;
}
