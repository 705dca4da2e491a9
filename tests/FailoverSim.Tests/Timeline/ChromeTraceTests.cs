using System.Globalization;
using System.Text.Json;
using CsvHelper;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Traces;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Timeline;

public class ChromeTraceTests
{
    private static readonly Lazy<(ScenarioSpec Spec, TraceEventFormat Trace)> ZoneLoss = new(() =>
    {
        // A zone fails about once a year: replication 1 has seen it more than once.
        ScenarioSpec spec = ReplayTests.Spec("kubeadm-stacked-3.yaml", "2y");
        return (spec, TraceOf(StoryTests.All(spec, 1)));
    });

    [Fact]
    public void Trace_of_a_zone_loss_keeps_the_rules_of_the_format()
    {
        TraceEventFormat trace = ZoneLoss.Value.Trace;
        Assert.Empty(trace.Violations);
        Assert.Contains(trace.Slices.SelectMany(thread => thread.Value), slice => slice is { Name: "zone-outage", Category: "fault" });
        Assert.NotEmpty(trace.Flows);
    }

    [Fact]
    public void Services_stand_on_top_and_machines_by_zone()
    {
        TraceEventFormat trace = ZoneLoss.Value.Trace;
        string[] names = [.. trace.ProcessRanks.OrderBy(process => process.Value).Select(process => trace.ProcessNames[process.Key])];
        Assert.Equal(["services", "faults", "zone a · cp-1", "zone b · cp-2", "zone c · cp-3"], names.Take(5));
        int services = trace.ProcessNames.Single(process => process.Value == "services").Key;
        Assert.Equal(
            ZoneLoss.Value.Spec.Services.Select(service => service.Name),
            trace.ThreadNames.Where(thread => thread.Key.Process == services).OrderBy(thread => thread.Key.Thread).Select(thread => thread.Value));
        int machine = trace.ProcessNames.Single(process => process.Value == "zone b · cp-2").Key;
        HashSet<string> components = [.. trace.ThreadNames.Where(thread => thread.Key.Process == machine).Select(thread => thread.Value)];
        Assert.Superset(new HashSet<string> { "etcd", "apiserver", "lease/vip/vip" }, components);
    }

    [Fact]
    public void Intervals_are_those_of_the_table_of_outages_to_the_nanosecond()
    {
        (ScenarioSpec spec, TraceEventFormat trace) = ZoneLoss.Value;
        ScenarioSpec two = spec with { Run = spec.Run with { Replications = 2, StopWhen = null } };
        ResultTable table = RunStudy.Run(two, 1, null, CancellationToken.None, CancellationToken.None).Table!;
        using StringWriter text = new();
        OutagesFile.Write(text, new ResultSet(new Origin(spec.Name, "", "", spec.Run.Seed), [table]));
        using CsvReader csv = new(new StringReader(text.ToString()), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>().Where(row => (string)row["replication"] == "1").ToArray();
        int services = trace.ProcessNames.Single(process => process.Value == "services").Key;
        foreach (string service in spec.Services.Select(service => service.Name))
        {
            decimal[][] expected =
            [
                .. rows.Where(row => (string)row["service"] == service).Select(row => new[]
                {
                    Nanoseconds(row["start"]), Nanoseconds(row["start"]) + Nanoseconds(row["duration"]),
                }),
            ];
            var thread = trace.ThreadNames.Single(t => t.Key.Process == services && t.Value == service).Key;
            TraceEventFormat.Slice[] outages = [.. trace.Slices[thread].Where(slice => slice.Category == "outage")];
            Assert.NotEmpty(expected);
            Assert.Equal(expected, outages.Select(slice => new[] { slice.From, slice.To }));
            Assert.Equal(
                rows.Where(row => (string)row["service"] == service).Select(row => (string)row["root"]),
                outages.Select(slice => slice.Event.GetProperty("args").GetProperty("root").GetString()));
            // Their stages fill them without a gap.
            Assert.All(outages, outage => Assert.Equal(outage.To - outage.From, trace.Slices[thread]
                .Where(slice => slice.Category == "stage" && slice.From >= outage.From && slice.To <= outage.To).Sum(slice => slice.To - slice.From)));
        }
    }

    [Fact]
    public void Zone_loss_points_to_what_it_did()
    {
        TraceEventFormat trace = ZoneLoss.Value.Trace;
        int faults = trace.ProcessNames.Single(process => process.Value == "faults").Key;
        TraceEventFormat.Slice[] losses =
            [.. trace.Slices.Where(thread => thread.Key.Process == faults).SelectMany(thread => thread.Value).Where(slice => slice.Name == "zone-outage")];
        Assert.NotEmpty(losses);
        foreach (TraceEventFormat.Slice loss in losses)
        {
            string zone = loss.Event.GetProperty("args").GetProperty("entity").GetString()!.Split('/')[^1];
            List<TraceEventFormat.Step> flow = trace.Flows.Single(steps => steps[0].At == loss.From && steps[0].Track.Process == faults);
            Assert.Contains(flow.Skip(1), step => trace.ProcessNames[step.Track.Process].StartsWith($"zone {zone} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("pumps-3-of-5.yaml", "10y")]
    [InlineData("web-tier.yaml", "5y")]
    [InlineData("external-etcd-5-haproxy.yaml", "2y")]
    [InlineData("five-minutes-of-toleration.yaml", "")]
    [InlineData("quorum-loss-and-pods.yaml", "")]
    public void Traces_of_all_sorts_of_scenarios_keep_the_rules(string file, string horizon)
    {
        TraceEventFormat trace = TraceOf(StoryTests.All(ReplayTests.Spec(file, horizon), 3));
        Assert.Empty(trace.Violations);
        Assert.Contains(trace.Slices.SelectMany(thread => thread.Value), slice => slice.Category == "outage");
    }

    [Fact]
    public void Run_writes_the_worst_outage_where_it_is_asked_for()
    {
        using TempFolder folder = new();
        string scenario = Path.Combine(Repository.Scenarios, "pumps-3-of-5.yaml");
        (_, _, string error) = Product.Run(
            "run", scenario, "--base-only", "--replications", "5", "--threads", "1", "--set", "outputs=[worst-outage-trace]", "--out", folder.File("out"));
        Assert.DoesNotContain("does not write", error, StringComparison.Ordinal);
        string results = folder.File("out", "pumps-3-of-5");
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "trace-worst.json")));
        TraceEventFormat trace = TraceEventFormat.Read(file.RootElement);
        Assert.Empty(trace.Violations);
        using CsvReader csv = new(new StringReader(File.ReadAllText(Path.Combine(results, "outages.csv"))), CultureInfo.InvariantCulture);
        decimal longest = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>().Max(row => Nanoseconds(row["duration"]));
        Assert.Equal(longest, trace.Slices.SelectMany(thread => thread.Value).Where(slice => slice.Category == "outage").Max(slice => slice.To - slice.From));
    }

    private static TraceEventFormat TraceOf(Replay replay)
    {
        using MemoryStream stream = new();
        ChromeTrace.Write(stream, replay);
        // The slices keep what they were read from.
        return TraceEventFormat.Read(JsonDocument.Parse(stream.ToArray()).RootElement);
    }

    private static decimal Nanoseconds(object seconds) => decimal.Parse((string)seconds, CultureInfo.InvariantCulture) * 1_000_000_000m;
}
