using System.Text;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Analysis;

/// <summary>What quick detection costs in false alarms.</summary>
public class DetectionTests
{
    private const long Second = SampleRows.Second;
    private const long Day = 86_400 * Second;

    /// <summary>A leader that stalls once and crashes three times in each of two replications of a hundred days.</summary>
    private static readonly Lazy<ResultTable> Elections = new(() => Run("""
        nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, vip]}}
        faults:
          stall: {of: etcd.leader, at: [10d], state: stall, lasts: 30s}
          crash: {of: etcd.leader, at: [11d, 12d, 13d], lasts: 1s}
        services: {api: {probe: apiserver.write}}
        run: {horizon: 100d, replications: 2, seed: 3}
        """));

    [Fact]
    public void Needed_and_false_elections_are_those_of_the_script()
    {
        JudgedMechanism elections = JudgedMechanism.Of(Elections.Value.Names.Counters).Single(m => m.Name == "etcd.elections");
        ReplicationSum needed = elections.Needed(Elections.Value);
        Assert.Equal((6, 2, 3L), ((int)needed.Total, (int)Elections.Value.Count(elections.False).Total, needed.Largest));
        Assert.Equal(6 * 365 / 200.0, elections.NeededPerYear(Elections.Value).Value!.Value, 1e-9);
        Assert.Equal(2 * 365 / 200.0, elections.FalsePerYear(Elections.Value).Value!.Value, 1e-9);
    }

    [Fact]
    public void Needed_and_false_ones_are_all_there_are()
    {
        ResultTable table = Run("""
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, controller-manager, vip]}}
            faults:
              stall: {of: etcd, every: exp(5d), state: stall, lasts: 10s}
              pause: {of: [controller-manager, vip], every: exp(5d), state: hang, lasts: 30s}
              crash: {of: nodes.cp, every: exp(10d), lasts: 5m}
            services: {api: {probe: apiserver.write, through: vip}}
            run: {horizon: 100d, replications: 20, seed: 4, warm-up: 1d}
            """);
        IReadOnlyList<JudgedMechanism> judged = JudgedMechanism.Of(table.Names.Counters);
        Assert.Equal(["address-moves:vip", "etcd.elections", "lease-hand-overs:controller-manager", "lease-hand-overs:vip"], judged.Select(m => m.Name));
        foreach (JudgedMechanism mechanism in judged)
        {
            Int128 needed = mechanism.Needed(table).Total, needless = table.Count(mechanism.False).Total;
            Assert.True(needed > 0 && needless > 0, mechanism.Name);
            Assert.Equal(table.Count(mechanism.All).Total, needed + needless);
        }
    }

    /// <summary>
    /// A kubelet renews its lease every 10 s to 10.4 s and is looked at every 5 s: after a crash a grace period of 50 s ends 39.6 s later
    /// at the earliest, and the look that finds out and the one before it cost 10 s at the most. The pod does not come back by itself meanwhile.
    /// </summary>
    [Fact]
    public void A_dead_node_is_noticed_when_its_grace_period_is_over()
    {
        ResultTable table = Run("""
            control-plane: {kind: managed, availability: 99.9999%, outage: 1s}
            nodes: {workers: {count: 3, place: spread, cpu: 16, memory: 64GiB, boot: 90s}}
            components: {controller-manager: {node-monitor-grace-period: 50s}}
            workloads: {app: {count: 1, replicas: 1, cpu: 1, start: 5s, tolerations: {not-ready: 0s, unreachable: 0s}}}
            faults: {crash: {of: nodes.workers, every: exp(20d), lasts: 10m}}
            services: {app: {probe: workload app-1}}
            run: {horizon: 100d, replications: 40, seed: 5}
            """);
        Estimate time = DetectionTime.PerOutage(table, 0)!;
        Assert.InRange(time.Value!.Value, 39.6, 60.4);
        // The same from the outages one by one.
        int stage = table.Names.Stages.ToList().IndexOf(DetectionTime.Stage);
        long detect = 0, outages = 0;
        foreach (ServiceRow row in table.RowsOf(0))
        {
            outages += row.Outages.Count;
            detect += Enumerable.Range(0, row.Outages.Count).Sum(i =>
                row.OutageStages[i].ToArray().Where(share => share.Stage == stage).Sum(share => share.Nanoseconds));
        }
        Assert.Equal(detect / 1e9 / outages, time.Value.Value, 1e-9);
        Assert.Equal(outages, time.N);
    }

    [Fact]
    public void Detection_is_a_ratio_over_replications()
    {
        // 3 s and 5 s in two outages each: 2 s an outage, residuals −1 s and +1 s, so Σ has the variance 2/1 (1 + 1) = 4 s², a quarter of 8 s;
        // Student's t with one degree of freedom is tan(0.475 π).
        ResultTable table = Table((3, 2, [5, 2]), (5, 2, [4, 4]));
        Estimate time = DetectionTime.PerOutage(table, 0)!;
        double spread = Math.Exp(Math.Tan(0.475 * Math.PI) / 4);
        Assert.Equal(2, time.Value!.Value, 1e-12);
        Assert.Equal(2 / spread, time.Low!.Value, 1e-6);
        Assert.Equal(2 * spread, time.High!.Value, 1e-5);
        Assert.Equal(("ratio-replications", 4L), (time.Method, time.N));
        JudgedMechanism moves = Assert.Single(JudgedMechanism.Of(table.Names.Counters));
        Assert.Equal(("moves:vip", 3), (moves.Name, (int)moves.Needed(table).Total));
    }

    [Fact]
    public void Without_outages_or_differences_nothing_is_made_up()
    {
        Estimate none = DetectionTime.PerOutage(Table((0, 0, [0, 0]), (0, 0, [0, 0])), 0)!;
        Assert.Equal((null, "none", 0L), (none.Value, none.Method, none.N));
        Estimate alike = DetectionTime.PerOutage(Table((4, 2, [0, 0]), (4, 2, [0, 0])), 0)!;
        Assert.Equal((2, null, null, "none"), ((int)alike.Value!.Value, alike.Low, alike.High, alike.Method));
        // A plant of pumps has no such stage, and no mechanism that judges.
        ResultTable plant = Reporting.SampleResults.Two().Base;
        Assert.Null(DetectionTime.PerOutage(plant, 0));
        Assert.Empty(DetectionText.Lines(plant, 100));
        using TempFolder folder = new();
        DetectionFile.Write(folder.Path, Reporting.SampleResults.Two(), []);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Two_lines_tell_how_soon_and_how_often_for_nothing() => Assert.Equal(
        ["detection, per outage: plant 2.0 s (0.1 – 47.9)", "needed / false a year: moves:vip 5.5 / 22"],
        DetectionText.Lines(Table((3, 2, [8, 6]), (5, 2, [7, 6])), 100)); // 3 and 12 in 200 days

    [Fact]
    public void A_line_tells_how_often_for_nothing_in_each_variant()
    {
        Assert.Equal(
            ["moves:vip, needed / false a year: 5.5 / 22 base, 15 / 0 base"],
            DetectionText.Along([Table((3, 2, [8, 6]), (5, 2, [7, 6])), Table((3, 2, [4, 0]), (5, 2, [4, 0]))]));
        Assert.Empty(DetectionText.Along([Table((3, 2, [4, 0]), (5, 2, [4, 0]))]));
    }

    [Fact]
    public void File_and_figure_of_a_sweep_do_not_depend_on_threads()
    {
        using TempFolder folder = new();
        string scenario = folder.Write("s.yaml", """
            failoversim: 1
            name: lease
            topology: {zones: [a, b, c]}
            nodes: {cp: {count: 3, place: one-per-zone, runs: [etcd, apiserver, vip]}}
            faults: {pause: {of: vip, every: exp(2d), state: hang, lasts: 3s..10s}, crash: {of: nodes.cp, every: exp(10d), lasts: 5m}}
            services: {api: {probe: apiserver.write, through: vip}}
            run: {horizon: 100d, replications: 130, seed: 8}
            sweep:
              lease: {path: components.vip.lease.duration, values: [5s, 15s], tie: {components.vip.lease.renew-deadline: 60%, components.vip.lease.retry: 20%}}
              name: {path: components.etcd.pre-vote, values: [true, false]}
            """);
        foreach (string threads in new[] { "1", "3" })
        {
            var (exitCode, _, error) = Product.Run("run", scenario, "--threads", threads, "--out", folder.File(threads));
            Assert.True(exitCode == 0, error);
        }
        foreach (string name in new[] { "detection.csv", "detection.json", Path.Combine("plots", "tradeoff-lease-api.svg") })
        {
            Assert.Equal(File.ReadAllBytes(folder.File("1", "lease", name)), File.ReadAllBytes(folder.File("3", "lease", name)));
        }
        // Words have no axis.
        Assert.False(File.Exists(folder.File("1", "lease", "plots", "tradeoff-name-api.svg")));
        string[] lines = File.ReadAllLines(folder.File("1", "lease", "detection.csv"));
        Assert.Equal("scenario,variant,sweep,value,mechanism,service,metric,estimate,low,high,level,method,n", lines[0]);
        Assert.Single(lines, line => line.StartsWith("lease,lease=15s,lease,15s,,api,detection-time-per-outage,", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("lease,base,,,lease-hand-overs:vip,,false-per-year,", StringComparison.Ordinal));
        // The base and four points, each with one service and three mechanisms.
        Assert.Equal(1 + (5 * (1 + (2 * 3))), lines.Length);
    }

    /// <summary>A replication for each of (seconds until outages were noticed, outages, counts).</summary>
    private static ResultTable Table(params (long Detect, int Outages, long[] Counts)[] replications) => new(
        ResultSet.BaseVariant,
        new ResultNames(["plant"], ["pump.seal", "flooding"], ["detect", "repair"], [], ["moves:vip", "moves-false:vip"]),
        100 * Day,
        [
            new Block(0, [.. replications.Select((replication, r) =>
            {
                long detect = replication.Detect * Second, down = detect + (replication.Outages * Second);
                ServiceRow row = SampleRows.Row(r, 100 * Day, [.. Enumerable.Range(0, replication.Outages).Select(i => ((i + 1) * Day, down / replication.Outages))]);
                return new ServiceRow
                {
                    Replication = r,
                    Service = 0,
                    UpNanoseconds = row.UpNanoseconds,
                    DownNanoseconds = row.DownNanoseconds,
                    OutageCount = row.OutageCount,
                    FirstOutageAfter = row.FirstOutageAfter,
                    Outages = row.Outages,
                    OutageCauses = row.OutageCauses,
                    OutageStages = row.OutageStages,
                    SquaredDurations = row.SquaredDurations,
                    LongestOutage = row.LongestOutage,
                    DownByCause = row.DownByCause,
                    DownByStage = [detect, row.DownNanoseconds - detect],
                    FailoverNanoseconds = row.FailoverNanoseconds,
                    LossCount = row.LossCount,
                    LossByStage = row.LossByStage,
                    LostRequestNanoseconds = null,
                    SloWindowsMet = [],
                    Counts = replication.Counts,
                    Combinations = row.Combinations,
                    CombinationKinds = row.CombinationKinds,
                };
            })], 1),
        ]);

    private static ResultTable Run(string blocks)
    {
        ScenarioReading reading = ScenarioFile.Read(
            "s.yaml", Encoding.UTF8.GetBytes("failoversim: 1\nname: detection\ntopology: {zones: [a, b, c]}\n" + blocks + "\n"), []);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return RunStudy.Run(reading.Spec!, 2, null, CancellationToken.None, CancellationToken.None).Table!;
    }
}
