using Xunit;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What goes on and what stands still while nobody controls the cluster, and what follows when somebody does again.</summary>
public class DataPlaneControl
{
    /// <summary>From the return of the controllers: silent for ten passes, tainted by the next, tolerated for five minutes, created anew.</summary>
    private const double FromReturn = (11 * Pass) + 300 + Ready;

    [Fact]
    public void A_quorum_is_lost_for_two_hours_and_a_node_that_dies_meanwhile_is_noticed_only_after_that()
    {
        Outcomes seen = Outcomes.Of(
            Layouts.External(
                """
                  alone: {probe: workload alone}
                  others: {aggregate: all-of(other)}
                workloads:
                  alone: {replicas: 1, cpu: 2}
                  other: {count: 6, replicas: 2, cpu: 2, spread: {by: zone}}
                faults:
                  q: {of: [nodes.etcd-1, nodes.etcd-2], at: [1h], lasts: 2h}
                  f: {of: workload.alone.host, at: [90m], state: hang, lasts: 5h}
                """,
                pools: "  workers: {count: 6, place: spread, cpu: 16, memory: 64GiB}\n"),
            replications: 100,
            horizon: "7h");
        // Whatever has another replica serves on; the endpoints still lead to the one that is dead.
        seen.Of("others").Number(0);
        Dictionary<long, double> back = seen.Of("controllers").GroupBy(o => o.Replication).ToDictionary(g => g.Key, g => g.Max(o => o.Start + o.Length));
        Assert.Equal(100, back.Count);
        Assert.All(back.Values, instant => Assert.InRange(instant, 10800, 10800 + 900));
        IReadOnlyList<Seen> alone = seen.Of("alone").Number(100);
        Assert.All(alone, o => Assert.Equal(5400, o.Start));
        // The time since the return alone.
        List<Seen> since = [.. alone.Select(o => o with { Length = o.Start + o.Length - back[o.Replication] })];
        since.Mean(FromReturn, 0.5);
    }

    [Fact]
    public void A_managed_control_plane_is_out_and_nodes_that_die_meanwhile_are_tolerated_from_its_return_on()
    {
        Outcomes seen = Outcomes.Of(
            Workers(
                "app: {replicas: 1, cpu: 2}",
                "services: {plane: {probe: apiserver.write}, app: {probe: workload app}}\nfaults: {f: {at: [50h], of: workload.app.host, state: hang, lasts: 20h}}",
                controlPlane: "control-plane: {kind: managed, availability: 50%, outage: 2h}"),
            horizon: "80h");
        ILookup<long, Seen> plane = seen.Of("plane").ToLookup(o => o.Replication);
        List<double> since = [];
        foreach (Seen outage in seen.Of("app").Number(400))
        {
            Assert.Equal(50 * 3600, outage.Start);
            Assert.Contains("f", outage.Root, StringComparison.Ordinal);
            Seen? during = plane[outage.Replication].FirstOrDefault(o => o.Start < outage.Start && o.Start + o.Length > outage.Start);
            // Only if the control plane stays for long enough afterwards.
            if (during is not null && plane[outage.Replication].All(o => o.Start + o.Length <= outage.Start + 3600 || o.Start > during.Start + during.Length + 400))
            {
                since.Add(outage.Start + outage.Length - during.Start - during.Length);
            }
        }
        // The plane is out at 50 h in half of the runs, back within the hour in half of these, and stays in nearly all: 95 ± 9.
        Assert.InRange(since.Count, 50, 140);
        double mean = since.Average();
        Assert.InRange(mean, FromReturn - 1, FromReturn + 1);
        Assert.InRange(since.Min(), FromReturn - Ready + 1.5, FromReturn);
    }

    [Fact]
    public void Quiet_pods_do_not_notice_that_nobody_controls_them()
    {
        Outcomes seen = Outcomes.Of(
            Workers(
                "app: {count: 10, replicas: 3, cpu: 2, spread: {by: zone}, budget: {max-unavailable: 1}}",
                "services: {plane: {probe: apiserver.write}, apps: {aggregate: all-of(app)}}",
                controlPlane: "control-plane: {kind: managed, availability: 99%, outage: lognormal(median=6m p95=50m)}"),
            replications: 10,
            horizon: "90d");
        Assert.True(seen.Of("plane").Count > 100);
        seen.Of("apps").Number(0);
        Assert.All(seen.Counts("nodes.not-ready"), count => Assert.Equal(0, count));
    }
}
