using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Building.Clusters;
using FailoverSim.Tests.Models;
using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Drains, surges and reboots as a file asks for them: budgets are kept, and what cannot be drained is counted.</summary>
public class DataPlaneMaintenance
{
    private const string Apps = """
        app: {count: 12, replicas: 3, cpu: 2, spread: {by: zone}, budget: {max-unavailable: 1}, up-when: ready >= 2}
        big: {count: 3, replicas: 6, cpu: 1, budget: {min-available: 80%}, up-when: ready >= 4}
        db: {kind: stateful-set, count: 4, replicas: 3, cpu: 2, spread: {by: zone}, budget: {min-available: 2}, volume: {bound-to: zone}, up-when: ready >= 2}
        """;

    private const string Services = "services: {apps: {aggregate: all-of(app)}, bigs: {aggregate: all-of(big)}, dbs: {aggregate: all-of(db)}}\n";

    [Theory]
    [InlineData("surge: 3")]
    [InlineData("surge: 3, drain-timeout: 2h")]
    [InlineData("per-node: 3m..8m")]
    [InlineData("per-node: 3m..8m, concurrency: 4")]
    public void Work_on_all_nodes_violates_no_budget_and_is_hardly_noticed(string how)
    {
        string text = Workers(
            Apps, $"{Services}maintenance: {{work: {{of: nodes.workers, every: 10d, {how}}}}}\nrun: {{horizon: 21d}}",
            "{count: 15, place: spread, cpu: 16, memory: 64GiB, boot: 90s..240s}");
        Simulation simulation = new ScenarioModel(Story.Spec(text)).Build(out ClusterModel? cluster);
        DataPlane plane = cluster!.DataPlane!;
        WorkloadSet workloads = plane.Workloads;
        int least = int.MaxValue;
        simulation.Reset(1);
        for (long at = 0; at < 21L * 86_400; at += at % (10L * 86_400) < 30_000 ? 2 : 1000)
        {
            simulation.RunUntil(new SimTime(at * 1_000_000_000));
            for (int workload = 0; workload < workloads.Options.Length; workload++)
            {
                int healthy = 0;
                for (int pod = workloads.FirstPod[workload]; pod < workloads.FirstPod[workload + 1]; pod++)
                {
                    healthy += plane.Pods.Inside.Pods[pod].NotHealthy ? 0 : 1;
                }
                int spare = healthy - workloads.Options[workload].MinHealthy;
                least = Math.Min(least, spare);
                Assert.True(spare >= 0, $"{workloads.Options[workload].Name} at {at} s: {healthy} healthy");
            }
        }
        // It has been gone to the limit.
        Assert.Equal(0, least);
        Outcomes seen = Outcomes.Of(text.Replace("run: {horizon: 21d}", "", StringComparison.Ordinal), replications: 5, horizon: "21d");
        foreach (string service in new[] { "apps", "bigs", "dbs" })
        {
            // A budget counts a new pod as soon as it is ready, and lets the next one go before the rules of the nodes know the new one.
            Assert.All(seen.Of(service), o => Assert.True(
                o.Length <= 3 && o.Stages.Keys.All(s => s == "propagate"), $"{service}: {o.Length} s, {string.Join(", ", o.Stages)}"));
        }
        Assert.All(seen.Counts("pods.evicted-through-budgets"), count => Assert.True(count >= 2 * 66, $"{count}"));
        if (how.StartsWith("surge", StringComparison.Ordinal))
        {
            Assert.All(seen.Counts("upgrades.nodes"), count => Assert.Equal(30, count));
        }
    }

    [Fact]
    public void A_budget_that_allows_nothing_blocks_the_upgrade_for_ever_and_is_counted()
    {
        string Text(string how, string budget) => Workers(
            $"strict: {{replicas: 3, cpu: 2, spread: {{by: zone}}, budget: {{{budget}}}}}",
            $"{Service("strict")}maintenance: {{work: {{of: nodes.workers, every: 10d, surge: 2{how}}}}}",
            "{count: 9, place: spread, cpu: 16, memory: 64GiB}");
        Outcomes blocked = Outcomes.Of(Text("", "min-available: 3"), replications: 20, horizon: "60d");
        Assert.All(blocked.Counts("drains-blocked"), count => Assert.InRange(count, 1, 3));
        Assert.All(blocked.Counts("upgrades.nodes"), count => Assert.InRange(count, 0, 8));
        Assert.All(blocked.Counts("pods.evicted-through-budgets"), count => Assert.Equal(0, count));
        Outcomes forced = Outcomes.Of(Text(", drain-timeout: 15m", "min-available: 3"), replications: 20, horizon: "19d");
        Assert.All(forced.Counts("upgrades.nodes"), count => Assert.Equal(9, count));
        Assert.All(forced.Counts("drain-timeouts"), count => Assert.InRange(count, 2, 9));
        Outcomes soft = Outcomes.Of(Text("", "max-unavailable: 1"), replications: 20, horizon: "19d");
        Assert.All(soft.Counts("upgrades.nodes"), count => Assert.Equal(9, count));
        Assert.All(soft.Counts("drains-blocked"), count => Assert.Equal(0, count));
    }
}
