using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Services behind a cloud's balancer, and networks with the cloud's routes, from the text of a scenario to what users see.</summary>
public class CloudBalancerStories
{
    /// <summary>Google's checks: every 8 s, 1 s to answer, three failures; told to the balancer's nodes in 5 s here.</summary>
    private const double Slow = 16 + 1 + 5;

    /// <summary>A fourth of the requests goes to the silent node until the first of three probers has failed three times.</summary>
    [Theory]
    [InlineData("elided")]
    [InlineData("exhaustive")]
    public void A_silent_node_takes_its_share_of_the_requests_until_checks_find_it_out(string fidelity)
    {
        int replications = fidelity == "elided" ? 400 : 40;
        double[] lost = [.. LostRequests(Balanced("faults: {f: {at: [1h], of: nodes.front-1, state: hang, lasts: 30m}}"), replications, "2h", fidelity).Select(s => 4 * s)];
        Assert.All(lost, seconds => Assert.InRange(seconds, Slow, Slow + 8.01));
        // The least of three uniform phases of 8 s.
        double error = 4.9 * Math.Sqrt(3.0 / 80 * 64 / replications);
        Assert.InRange(lost.Average(), Slow + 2 - error, Slow + 2.01 + error);
    }

    [Fact]
    public void It_is_no_outage_and_nothing_is_lost_when_the_node_returns() =>
        Outcomes.Of(Balanced("faults: {f: {at: [1h], of: nodes.front-1, state: hang, lasts: 30m}}"), 50, "2h").Of("app").Number(0);

    /// <summary>Its rules still work: nothing is lost while the checks fail, nor when the balancer has given it up.</summary>
    [Fact]
    public void A_node_whose_kube_proxy_is_dead_goes_out_of_rotation_without_losing_a_request() =>
        Assert.All(
            LostRequests(Balanced("faults: {f: {at: [1h], of: kube-proxy@front-1, repair: {takes: 30m}}}"), 20, "2h"), lost => Assert.Equal(0, lost));

    /// <summary>aws-nlb fails open: with kube-proxy dead everywhere checks trust no node, and all of them pass requests on.</summary>
    [Theory]
    [InlineData("gcp", 1)]
    [InlineData("aws-nlb", 0)]
    public void Without_any_kube_proxy_some_balancers_have_nobody_left(string provider, int outages)
    {
        Outcomes seen = Outcomes.Of(
            Balanced("faults: {f: {at: [1h], of: kube-proxy, scope: all-replicas, state: hang, lasts: 30m}}", provider), 50, "2h");
        seen.Of("app").Number(50 * outages);
        if (outages > 0)
        {
            // All are out between the second last and the last, and back with the first that is found healthy at the return.
            seen.Of("app").Are("failover").OnlyStages("detect").Between(1800 - 30, 1800 + 13.1 - 16);
        }
    }

    /// <summary>Each machine that is taken away gets a share of the requests for the 5 s until the balancer's nodes know.</summary>
    [Fact]
    public void An_upgrade_loses_what_goes_to_machines_that_are_gone()
    {
        double[] lost = LostRequests(Balanced("maintenance: {up: {of: nodes.back, every: 1d, surge: 1}}"), 100, "26h");
        // Three steps in turn, with 4 or 5 nodes in rotation, the one that is gone included.
        Assert.All(lost, seconds => Assert.InRange(seconds, 3 * 5 / 5.0, (3 * 5 / 4.0) + 0.001));
    }

    /// <summary>The API fails while the first new machine boots: it gets neither pods nor requests, and its old node stays, until it has been initialized.</summary>
    [Fact]
    public void An_upgrade_stands_still_while_the_providers_api_is_out_and_loses_no_more_for_it()
    {
        string text = Balanced("maintenance: {up: {of: nodes.back, every: 1d, surge: 1}}\nfaults: {f: {at: [1d 30s], of: cloud-api, lasts: 2h}}");
        Outcomes seen = Outcomes.Of(text, 50, "30h");
        seen.Of("app").Number(0);
        Assert.All(seen.Counts("upgrades.nodes"), count => Assert.Equal(3, count));
        // Calls from the registration on, 7100 to 7108 s before the API is back: 7 up to 315 s later, then 22 every 300 s.
        Assert.All(seen.Counts("balancer-updates.failed"), count => Assert.Equal(29, count));
        Assert.All(LostRequests(text, 50, "30h"), seconds => Assert.InRange(seconds, 3 * 5 / 5.0, (3 * 5 / 4.0) + 0.001));
    }

    /// <summary>The only node is taken back after an hour and its successor comes up while the provider's API is out: nobody initializes it, nobody tells the balancer of it.</summary>
    [Fact]
    public void A_new_node_gets_neither_pods_nor_requests_while_the_providers_api_is_out()
    {
        Outcomes seen = Outcomes.Of(
            Lonely("", "f: {at: [62m], of: cloud-api, lasts: 30m}"), 300, "2h");
        // From 1:00 to 1:32; then the pod needs 1.4 to 10 s, and the balancer the slowest of three checks within 8 s, and 5 s more.
        seen.Of("app").Number(300).Are("failover", "w.reclaim").Between(1920 + 5, 1920 + 13.02);
        // Calls from the registration of the node on, 1605 to 1613 s before the API is back: at once and after 5, 15, 35, 75, 155, 315, 615 … 1515 s.
        Assert.All(seen.Counts("balancer-updates.failed"), count => Assert.Equal(11, count));
    }

    [Fact]
    public void A_new_node_waits_for_its_route_and_its_pods_with_it()
    {
        Outcomes seen = Outcomes.Of(
            Lonely("cni: {kind: cloud-routes}, cloud-controller-manager: {route-reconciliation-period: 10m}, ", "f: {at: [90m], of: cloud-api, lasts: 1s}"), 300, "90m");
        // Registered 2 to 10 s after its boot, and a pass comes every ten minutes; then as above.
        seen.Of("app").Number(300).Are("failover", "w.reclaim").Mean(300 + 6 + 300 + 8, 10).Between(300 + 2 + 5, 300 + 10 + 600 + 13.02);
    }

    /// <summary>An app on nodes of its own, and clients that come by all four nodes.</summary>
    private static string Balanced(string rest, string provider = "gcp") => $$$"""
        use: [{timers: [kubernetes/v1.33, cloud-lb/{{{provider}}}]}]
        topology: {zones: [a, b, c]}
        nodes:
          front: {count: 1, place: {a: 1}, cpu: 8}
          back: {count: 3, place: spread, cpu: 8, boot: 2m}
        components: {cloud-lb: {propagation: 5s}}
        workloads:
          app: {replicas: 3, cpu: 1, nodes: [back], spread: {by: node, when-impossible: schedule-anyway}, budget: {max-unavailable: 1}}
        services: {app: {probe: workload app, through: cloud-lb}}
        """ + "\n" + rest;

    /// <summary>One machine that the provider takes back after an hour; the next one boots in five minutes.</summary>
    private static string Lonely(string components, string faults) => $$$"""
        use: [{timers: [kubernetes/v1.33, cloud-lb/gcp]}]
        control-plane: {kind: managed, availability: 99.999999%, outage: 1s}
        topology: {zones: [a]}
        nodes:
          w: {count: 1, cpu: 8, boot: 5m, reclaim: {every: 1h, notice: 0s}}
        components: { {{{components}}}cloud-lb: {propagation: 5s}}
        workloads:
          app: {replicas: 1, cpu: 1}
        services: {app: {probe: workload app, through: cloud-lb}}
        faults:
          {{{faults}}}
        """;

    /// <summary>Seconds of requests that were lost, in each replication.</summary>
    private static double[] LostRequests(string yaml, int replications, string horizon, string fidelity = "elided")
    {
        ScenarioSpec spec = Story.Spec($"{yaml}\nrun: {{horizon: {horizon}, fidelity: {fidelity}}}");
        Simulation simulation = new ScenarioModel(spec).Build();
        return [.. Enumerable.Range(0, replications)
            .Select(r => Assert.Single(simulation.Run(r, SimDuration.Zero, spec.Run.Horizon)).LostRequestNanoseconds!.Value / 1e9)];
    }
}
