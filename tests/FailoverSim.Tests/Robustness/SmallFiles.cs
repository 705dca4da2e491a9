using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>Files that once passed <c>check</c> and broke what came after it, as small as they get.</summary>
public class SmallFiles
{
    [Theory]
    [InlineData("{count: 3}", "a control plane alone")]
    [InlineData("{count: 3, cpu: 4}", "nodes for pods, and no pods")]
    public void A_managed_control_plane_is_up_as_much_as_it_says_whatever_nodes_are_there(string nodes, string what)
    {
        ScenarioSpec spec = Story.Spec($$$"""
            control-plane: {kind: managed, availability: 99%, outage: 5m}
            nodes: {w: {{{nodes}}}}
            services: {api: {probe: apiserver.write}, acting: {probe: scheduler.acting}}
            run: {horizon: 1y}
            """);
        Simulation simulation = new ScenarioModel(spec).Build();
        long down = 0;
        const int Years = 20;
        for (int replication = 0; replication < Years; replication++)
        {
            ServiceRow[] rows = simulation.Run(replication, SimDuration.Zero, spec.Run.Horizon);
            Assert.Equal(rows[0].DownNanoseconds, rows[1].DownNanoseconds);
            Assert.Equal(0, rows[0].DownByCause[0]);
            down += rows[0].DownNanoseconds;
        }
        // Renewals: outages of 5 min are Poisson but for the time that they last, 21 024 of them here.
        double share = down / (double)(Years * spec.Run.Horizon.Nanoseconds);
        Assert.True(Math.Abs(share - 0.01) < 5 * 0.01 / Math.Sqrt(21_024), $"{what}: {share}");
    }

    [Fact]
    public void Nodes_without_pods_have_a_network_that_is_measured()
    {
        Story story = Story.Of("""
            nodes: {w: {count: 3, cpu: 4}}
            services: {net: {probe: node-network}}
            faults: {all: {of: zones, at: [10h], lasts: 1h}}
            """, horizon: "100h");
        Assert.Equal("10h", Assert.Single(story.Outages()).Split(' ')[0]);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("5h")]
    public void Pods_for_which_there_is_no_room_are_counted(string warmUp)
    {
        ScenarioSpec spec = Story.Spec($$$"""
            nodes: {w: {count: 2, cpu: 4}}
            workloads: {big: {replicas: 3, cpu: 3}}
            services: {big: {probe: workload big}}
            run: {horizon: 1d, warm-up: {{{warmUp}}}}
            """);
        Simulation simulation = new ScenarioModel(spec).Build();
        ServiceRow row = simulation.Run(0, spec.Run.WarmUp, spec.Run.Horizon)[0];
        Assert.Equal(1, row.Counts[simulation.NamesFor(spec.Run.Horizon).Counters.ToList().IndexOf("pods.without-room-at-start")]);
    }

    [Fact]
    public void Nothing_may_be_called_like_the_absence_of_a_cause()
    {
        foreach (string text in new[]
        {
            "units: {none: {count: 1, fails: exp(1d)}}\nservices: {s: {up-when: none}}\n",
            "units: {a: {count: 1, fails: exp(1d)}}\ncommon-cause: {none: {of: a, every: exp(1d), lasts: 1h}}\n",
            "nodes: {w: {count: 1, cpu: 1}}\nfaults: {none: {of: nodes.w, every: exp(1d), lasts: 1h}}\n",
            "nodes: {w: {count: 1, cpu: 1}}\nmaintenance: {none: {of: nodes.w, every: 1d, per-node: 1m}}\n",
        })
        {
            Assert.Contains(Errors(text), error => error.Message.Contains("'none'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Two_pairs_of_zones_may_not_share_a_name() =>
        Assert.Equal(Codes.NameTwice, Assert.Single(Errors("""
            topology: {zones: [a, b-c, a-b, c]}
            nodes: {w: {count: 4, place: spread, cpu: 4}}
            """)).Code);

    [Fact]
    public void A_scenario_without_services_is_fine_but_there_is_nothing_to_run()
    {
        using TempFolder folder = new();
        string file = folder.Write("s.yaml", "failoversim: 1\nname: idle\nunits: {a: {count: 1, fails: exp(1d)}}\n");
        Assert.Equal(0, Product.Run("check", file).ExitCode);
        (int code, _, string error) = Product.Run("run", file, "--out", folder.File("out"));
        Assert.Equal(2, code);
        Assert.Contains("'idle' has no services", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public void A_place_where_nothing_can_be_kept_is_told_before_anything_is_simulated()
    {
        using TempFolder folder = new();
        string file = folder.Write(
            "s.yaml",
            "failoversim: 1\nname: s\nunits: {a: {count: 1, fails: exp(1d)}}\nservices: {a: {up-when: a}}\nrun: {horizon: 1y, replications: 1M}\n");
        (int code, _, string error) = Product.Run("run", file, "--out", file);
        Assert.Equal(2, code);
        Assert.Contains("is a file", error, StringComparison.Ordinal);

        (code, _, error) = Product.Run("run", file, "--out", "/proc/here");
        Assert.Equal(1, code);
        Assert.Contains("no results can be kept in", error, StringComparison.Ordinal);
        // Progress would have been told, and a stack trace is never.
        Assert.DoesNotContain("replications", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Diagnostic> Errors(string text) =>
        [.. ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes("failoversim: 1\nname: s\n" + text)).Diagnostics.Where(d => d.Severity == Severity.Error)];
}
