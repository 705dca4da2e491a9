using System.Text;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

/// <summary>What a cloud's balancer leads to.</summary>
public sealed class ReadingBalancers
{
    private const string Workers = "workers: {count: 3, cpu: 8}";
    private const string Masters = "cp: {count: 3, runs: [etcd, apiserver, controller-manager, scheduler]}";
    private const string Managed = "control-plane: {kind: managed, availability: 99.95%, outage: 6m}";
    private const string App = "app: {probe: workload app, through: cloud-lb, timeout: 2s}";

    [Theory]
    // Of workloads alone: kubelets do not go through it.
    [InlineData(Masters + ", " + Workers, "", App, false)]
    [InlineData(Workers, Managed, App, false)]
    [InlineData(Masters + ", " + Workers, "", App + ", api: {probe: apiserver.write, through: cloud-lb}", true)]
    [InlineData(Masters + ", " + Workers, "", "app: {probe: workload app}", true)]
    public void It_is_in_front_of_the_apiservers_unless_only_workloads_are_asked_through_it(string nodes, string control, string services, bool apiservers)
    {
        ScenarioReading reading = Read(nodes, control, services, "cloud-lb: {probers: 2}");
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        Assert.Equal((apiservers, 2), (reading.Spec!.Cluster!.CloudLb!.InFrontOfApiservers, reading.Spec.Cluster.CloudLb.Probers));
    }

    [Theory]
    [InlineData("route-reconciliation-period: 20s", "", 1)]
    [InlineData("route-reconciliation-period: 20s", ", cni: {kind: calico}", 1)]
    [InlineData("route-reconciliation-period: 20s", ", cni: {kind: cloud-routes}", 0)]
    [InlineData("node-monitor-period: 5s", "", 0)]
    public void The_period_of_routes_concerns_nobody_without_them(string setting, string cni, int warnings)
    {
        ScenarioReading reading = Read(Workers, Managed, "app: {probe: workload app}", $"cloud-controller-manager: {{{setting}}}{cni}");
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        Assert.Equal(warnings, reading.Diagnostics.Count(d => d.ToString().Contains("FS0617", StringComparison.Ordinal)));
        Assert.Equal(cni.Contains("cloud", StringComparison.Ordinal) ? "cloud-routes" : cni.Length > 0 ? "calico" : "none", reading.Spec!.Cluster!.Cni!.Kind);
    }

    private static ScenarioReading Read(string nodes, string control, string services, string components) => ScenarioFile.Read("file", Encoding.UTF8.GetBytes($$$"""
        failoversim: 1
        name: file
        {{{control}}}
        nodes: { {{{nodes}}} }
        components: { {{{components}}} }
        workloads: {app: {replicas: 2, cpu: 1}}
        services: { {{{services}}} }
        run: {horizon: 1y}
        """));
}
