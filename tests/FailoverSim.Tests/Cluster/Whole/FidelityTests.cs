using Xunit;
using static FailoverSim.Tests.Cluster.Whole.Layouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Leaving out heartbeats, renewals and checks that change nothing changes no outage.</summary>
public class FidelityTests
{
    private const string Some = """
        faults:
          a: {of: etcd.leader, at: [300s], repair: {takes: 30s}}
          b: {of: controller-manager.leader, at: [600s], repair: {takes: 60s}}
          c: {of: apiserver, at: [900s], state: hang, lasts: 5s}
          d: {of: nodes, at: [1200s], repair: {takes: 60s}}
        """;

    [Fact]
    public void A_stacked_control_plane_fails_over_alike() => Compare(
        Stacked(Some.Replace("nodes", "nodes.cp-1", StringComparison.Ordinal)), ["api", "vip-held", "controllers", "scheduling", "etcd-write"]);

    [Fact]
    public void An_external_control_plane_fails_over_alike() => Compare(
        External(Some.Replace("nodes", "nodes.lb-1", StringComparison.Ordinal)), ["api", "controllers", "scheduling", "etcd-write"]);

    private static void Compare(string yaml, string[] services)
    {
        const int Replications = 60;
        Outcomes elided = Outcomes.Of(yaml, Replications, "30m"), exhaustive = Outcomes.Of(yaml, Replications, "30m", "exhaustive");
        foreach (string service in services)
        {
            foreach (string root in new[] { "a", "b", "c", "d" })
            {
                double[] x = [.. elided.Of(service).Where(o => o.Root == root).Select(o => o.Length)];
                double[] y = [.. exhaustive.Of(service).Where(o => o.Root == root).Select(o => o.Length)];
                AssertAlike($"{service}/{root}", x, y);
            }
        }
        Assert.True(exhaustive.Events > 10 * elided.Events, $"{exhaustive.Events} events instead of {elided.Events}");
    }

    /// <summary>Kolmogorov and Smirnov at one in a million, and as many.</summary>
    private static void AssertAlike(string what, double[] x, double[] y)
    {
        double error = 4.9 * Math.Sqrt(x.Length + y.Length + 1);
        Assert.True(Math.Abs(x.Length - y.Length) <= error, $"{what}: {x.Length} and {y.Length} outages");
        if (x.Length == 0 || y.Length == 0)
        {
            return;
        }
        double greatest = x.Concat(y).Max(at => Math.Abs(x.Count(v => v <= at) / (double)x.Length - y.Count(v => v <= at) / (double)y.Length));
        double limit = 2.69 * Math.Sqrt((1.0 / x.Length) + (1.0 / y.Length));
        Assert.True(greatest <= limit, $"{what}: {greatest:F3} > {limit:F3}");
    }
}
