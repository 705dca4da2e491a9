using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public sealed class SelectingTargets
{
    [Theory]
    [InlineData("nodes.cp", "Machine cp-1, Machine cp-2, Machine cp-3")]
    [InlineData("nodes.*", "Machine cp-1, Machine cp-2, Machine cp-3, Machine lb-1, Machine lb-2")]
    [InlineData("nodes.lb-2", "Machine lb-2")]
    [InlineData("zones", "Zone a, Zone b, Zone c")]
    [InlineData("zones.b", "Zone b")]
    [InlineData("zone-links", "ZoneLink a-b, ZoneLink a-c, ZoneLink b-c")]
    [InlineData("zone-links.c-a", "ZoneLink a-c")]
    [InlineData("power", "Feed f1, Feed f2, Feed f3")]
    [InlineData("power.f3", "Feed f3")]
    [InlineData("racks", "Rack r1, Rack r2")]
    [InlineData("racks.r2", "Rack r2")]
    [InlineData("haproxy", "Process haproxy@lb-1, Process haproxy@lb-2")]
    [InlineData("etcd@cp-2", "Process etcd@cp-2")]
    [InlineData("[vip, etcd@cp-1]", "Process vip@cp-1, Process vip@cp-2, Process vip@cp-3, Process etcd@cp-1")]
    [InlineData("[scheduler@cp-1, scheduler]", "Process scheduler@cp-1, Process scheduler@cp-2, Process scheduler@cp-3")]
    [InlineData("etcd.leader", "Role etcd.leader")]
    [InlineData("controller-manager.leader", "Role controller-manager.leader")]
    [InlineData("scheduler.leader", "Role scheduler.leader")]
    [InlineData("vip.holder", "Role vip.holder")]
    [InlineData("keepalived.master", "Role keepalived.master")]
    public void A_selector_names_its_targets(string selector, string expected)
    {
        var fault = Assert.Single(ClusterText.Cluster($"faults: {{x: {{of: {selector}, every: exp(1y), lasts: 5m}}}}").Faults);
        Assert.Equal(expected, string.Join(", ", fault.Targets.Select(Text)));
    }

    [Fact]
    public void A_zone_name_with_a_dash_is_no_trouble_for_links()
    {
        var cluster = ClusterText.Cluster("faults: {x: {of: zone-links.eu-2-eu-1, every: exp(1y), lasts: 5m}}",
            "topology: {zones: [eu-1, eu-2], rtt: {eu-2-eu-1: 4ms}}\n");
        Assert.Equal("eu-1-eu-2", cluster.Faults[0].Targets[0].Name);
        Assert.Equal(("eu-1", "eu-2", 0.004), (cluster.PairRtts[0].A, cluster.PairRtts[0].B, cluster.PairRtts[0].Rtt.Mean));
    }

    private static string Text(Target target) =>
        $"{target.Kind} {target.Name}{(target.Machine is null ? "" : $"@{target.Machine}")}";
}
