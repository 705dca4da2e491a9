using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>A small cluster in which a test writes only what it is about.</summary>
internal static class ClusterText
{
    private const string Nodes =
        "nodes: {cp: {count: 3, runs: [etcd, apiserver, controller-manager, scheduler, vip]}, lb: {count: 2, runs: [haproxy, keepalived]}}\n";

    private const string Topology =
        "topology: {zones: {a: {power: f1}, b: {power: f2}, c: {}}, racks: {r1: {zone: a, power: f3}, r2: {zone: b}}}\n";

    public static ScenarioReading Read(string blocks, string topology = Topology, string nodes = Nodes, params string[] sets) =>
        ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(
            "failoversim: 1\nname: small\n" + topology + nodes + blocks + "\nservices: {api: {probe: apiserver.write}}\n"), sets);

    public static ClusterSpec Cluster(string blocks, string topology = Topology, string nodes = Nodes, params string[] sets)
    {
        var reading = Read(blocks, topology, nodes, sets);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.Spec!.Cluster!;
    }
}
