using System.Text;
using FailoverSim.Analysis.Exact;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Output;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Exact;

/// <summary>Where a scenario is no Markov chain, each clock in the way is named with its place in the file.</summary>
public class ObstacleTests
{
    private const string Remedy = "; only exp(…), erlang(…), mixes of these, 0s and never have no memory of the time spent";

    [Fact]
    public void Every_law_with_a_memory_is_named_with_its_line()
    {
        Assert.Equal(
            [
                $"file.yaml:10: spares.seal.delivery is 3d{Remedy}",
                $"file.yaml:11: common-cause.flood.lasts is 1h..3h{Remedy}",
                $"file.yaml:4: units.pump.fails is weibull(shape=2 mean=30d){Remedy}",
                $"file.yaml:7: units.pump.modes.seal.repair.takes is 2h{Remedy}",
                $"file.yaml:9: crews.fitters.answer is 30m{Remedy}",
            ],
            Obstacles("""
                units:
                  pump:
                    {count: 2, fails: weibull(shape=2 mean=30d), modes: {
                      motor: {share: 50%, repair: {takes: exp(3h)}},

                      seal: {share: 50%, repair: {takes: 2h, crew: fitters, spare: seal}}}}

                crews: {fitters: {answer: 30m}}
                spares: {seal: {stock: 1, reorder-at: 0, delivery: 3d}}
                common-cause: {flood: {of: [pump], every: exp(1y), lasts: 1h..3h}}
                services: {plant: {up-when: 1 of pump}}
                run: {horizon: 1y}
                """).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hours_and_inspections_are_named()
    {
        Assert.Equal(
            ["file.yaml:2: crews.fitters.hours follow the calendar; write 24x7", "file.yaml:4: inspection.every is a fixed time"],
            Obstacles("""
                crews: {fitters: {hours: "Mon-Fri 08:00-16:00"}}
                units: {pump: {fails: exp(1y), hidden: true, repair: {takes: exp(3h), crew: fitters}}}
                inspection: {of: [pump], every: 30d, takes: 0s}
                services: {plant: {up-when: pump}}
                run: {horizon: 1y}
                """).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_timers_of_a_cluster_are_named_by_who_waits()
    {
        string file = Path.Combine(Repository.Scenarios, "kubeadm-stacked-3.yaml");
        (int code, string _, string error) = Product.Run("exact", file);
        Assert.Equal(2, code);
        Assert.Contains("cannot be solved exactly, as it is no Markov chain", error, StringComparison.Ordinal);
        Assert.Contains("etcd", error, StringComparison.Ordinal);
        Assert.Contains("waits for a fixed time", error, StringComparison.Ordinal);
    }

    /// <summary>What waits but never runs is in nobody's way; what takes no time, or never happens, is no clock.</summary>
    [Fact]
    public void Zero_and_never_are_no_obstacles()
    {
        Assert.Empty(Obstacles("""
            units:
              a: {count: 2, fails: exp(10h), repair: {takes: 0s}, standby: {kind: cold, needed: 1, switch: 0s}}
              b: {fails: never, repair: {takes: exp(1h)}}
            services: {plant: {up-when: 1 of a and b}}
            run: {horizon: 1y}
            """));
    }

    private static IReadOnlyList<string> Obstacles(string yaml)
    {
        ScenarioReading reading = ScenarioFile.Read("file.yaml", Encoding.UTF8.GetBytes("failoversim: 1\n" + yaml + "\nname: file"));
        Assert.True(reading.Spec is not null, string.Join('\n', reading.Diagnostics));
        return [.. ObstacleText.Lines(reading, ExactStudy.Solve(reading.Spec, ExactLimits.Thorough).Obstacles)];
    }
}
