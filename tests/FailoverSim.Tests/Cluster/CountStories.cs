using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;

namespace FailoverSim.Tests.Cluster;

/// <summary>What the mechanisms of whole clusters are counted to have done.</summary>
public class CountStories
{
    private static readonly SimDuration Days100 = SimDuration.FromSeconds(100 * 86400);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(15, 2)] // The first crash is in the warm-up.
    public void Scripted_faults_are_counted_exactly(int warmUpDays, int elections)
    {
        Dictionary<string, long> counts = Counts(warmUpDays, """
            nodes:
              cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}
              managers: {count: 2, place: spread, runs: [controller-manager]}
              lb: {count: 2, place: spread, runs: [haproxy]}
            faults:
              leader-crash: {of: etcd.leader, at: [10d, 20d, 30d], lasts: 1s}
              manager-crash: {of: controller-manager.leader, at: [40d, 50d], lasts: 1h}
              apiserver-crash: {of: apiserver@cp-1, at: [60d], lasts: 1h}
            services: {api: {probe: apiserver.write, through: haproxy}, second: {probe: controller-manager.acting}}
            """);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["etcd.elections"] = elections,
                ["lease-hand-overs:controller-manager"] = 2,
                // Either balancer notices.
                ["markdowns:haproxy"] = 2,
            },
            counts);
    }

    [Fact]
    public void Address_moves_with_its_lease()
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, vip]}}
            faults: {holder-crash: {of: vip.holder, at: [10d, 20d], lasts: 1h}}
            services: {api: {probe: apiserver.write, through: vip}}
            """);
        Assert.Equal(new Dictionary<string, long> { ["address-moves:vip"] = 2, ["lease-hand-overs:vip"] = 2 }, counts);
    }

    [Fact]
    public void Who_was_only_paused_was_replaced_for_nothing()
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes:
              cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}
              managers: {count: 2, place: spread, runs: [controller-manager]}
            faults:
              stall: {of: etcd.leader, at: [10d], state: stall, lasts: 30s}
              crash: {of: etcd.leader, at: [11d], lasts: 1s}
              pause: {of: controller-manager.leader, at: [20d], state: hang, lasts: 1m}
              manager-crash: {of: controller-manager.leader, at: [21d], lasts: 1m}
            services: {api: {probe: apiserver.write}, second: {probe: controller-manager.acting}}
            """);
        Assert.Equal((2, 1), (counts["etcd.elections"], counts["etcd.elections-false"]));
        Assert.Equal((2, 1), (counts["lease-hand-overs:controller-manager"], counts["lease-hand-overs-false:controller-manager"]));
    }

    [Fact]
    public void An_address_left_where_it_would_have_been_answered_moved_for_nothing()
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, vip]}}
            faults:
              pause: {of: vip.holder, at: [10d], state: hang, lasts: 1m}
              crash: {of: vip.holder, at: [20d], lasts: 1h}
              machine: {of: nodes.*, at: [30d], lasts: 1h}
            services: {api: {probe: apiserver.write, through: vip}}
            """);
        // All machines lose power together: whoever comes back first takes the address, from a machine that lost it.
        Assert.Equal(1, counts["address-moves-false:vip"]);
        Assert.Equal(1, counts["lease-hand-overs-false:vip"]);
        Assert.InRange(counts["address-moves:vip"], 2, 3);
    }

    [Fact]
    public void A_backend_that_was_alive_was_taken_out_for_nothing()
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes:
              cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}
              lb: {count: 2, place: spread, runs: [haproxy]}
            faults:
              hung: {of: apiserver@cp-1, at: [40d], state: hang, lasts: 20s}
              crash: {of: apiserver@cp-2, at: [41d], lasts: 1h}
              power: {of: nodes.cp-3, at: [42d], lasts: 1h}
            services: {api: {probe: apiserver.write, through: haproxy}}
            """);
        // Either balancer marks each of the three down.
        Assert.Equal((6, 2), (counts["markdowns:haproxy"], counts["markdowns-false:haproxy"]));
    }

    [Fact]
    public void Who_was_asked_to_stop_had_to_be_replaced()
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes:
              cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}
              managers: {count: 2, place: spread, runs: [controller-manager, scheduler]}
            maintenance:
              cp-upgrade: {of: nodes.cp, every: 30d, per-node: 10m}
              upgrade: {of: nodes.managers, every: 20d, per-node: 10m}
            services: {second: {probe: controller-manager.acting}}
            """);
        // Each campaign takes every machine out once, the leader's among them.
        Assert.True(counts["etcd.elections"] >= 3);
        Assert.True(counts["lease-hand-overs:controller-manager"] >= 4);
        Assert.True(counts["lease-hand-overs:scheduler"] >= 4);
        Assert.DoesNotContain(counts.Keys, name => name.Contains("-false", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("up-to-last-snapshot", 1)]
    [InlineData("none", 0)]
    public void Restored_quorum_is_a_data_loss_if_the_procedure_says_so(string dataLoss, int losses)
    {
        Dictionary<string, long> counts = Counts(0, """
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver]}}
            faults: {lost: {of: [nodes.cp-1, nodes.cp-2], at: [10d], state: lost-for-good, repair: replace}}
            repair:
              replace: {takes: 1d}
              restore-quorum: {when: etcd.majority-lost-for-good, takes: 1h, data-loss: DATA-LOSS}
            services: {api: {probe: apiserver.write}}
            """.Replace("DATA-LOSS", dataLoss, StringComparison.Ordinal));
        Assert.Equal((losses, 1L, 2L), (counts.GetValueOrDefault("etcd.data-losses"), counts["etcd.elections"], counts["machine-replacements"]));
    }

    [Fact]
    public void Counts_do_not_depend_on_threads()
    {
        ScenarioModel model = Model("""
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, controller-manager]}}
            faults: {crash: {of: [etcd, controller-manager], every: exp(5d), lasts: 1m}}
            services: {api: {probe: apiserver.write}}
            """);
        long[][] one = Run(1), three = Run(3);
        Assert.Equal(130, one.Length);
        Assert.True(one.Sum(counts => counts.Sum()) > 1000);
        Assert.Equal(one, three);

        long[][] Run(int threads) =>
        [
            .. new ReplicationRunner(model.Build, SimDuration.Zero, Days100, threads)
                .Run(0, 130, CancellationToken.None, CancellationToken.None)
                .SelectMany(block => block.Rows)
                .Select(row => row.Counts.ToArray()),
        ];
    }

    /// <summary>What has happened in 100 days after a warm-up, and how often.</summary>
    private static Dictionary<string, long> Counts(int warmUpDays, string blocks)
    {
        Simulation simulation = Model(blocks).Build();
        IReadOnlyList<long> counts = simulation.Run(0, SimDuration.FromSeconds(warmUpDays * 86400), Days100)[0].Counts;
        ResultNames names = simulation.NamesFor(Days100);
        return names.Counters.Zip(counts).Where(c => c.Second > 0).ToDictionary(c => c.First, c => c.Second);
    }

    private static ScenarioModel Model(string blocks)
    {
        ScenarioReading reading = ScenarioFile.Read("counts.yaml", Encoding.UTF8.GetBytes(
            "failoversim: 1\nname: counts\ntopology: {zones: [a, b, c]}\nrun: {horizon: 1y, replications: 1}\n" + blocks + "\n"), []);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return new ScenarioModel(reading.Spec!);
    }
}
