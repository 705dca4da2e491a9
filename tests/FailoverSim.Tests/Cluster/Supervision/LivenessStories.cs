using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Supervision;

public class LivenessStories
{
    private static readonly LivenessOptions Kubeadm = new(S(10), S(15), 8, S(10), 24, S(2));

    /// <summary>Every probe takes its 15 s: 8 of them from the first tick on.</summary>
    [Fact]
    public void A_process_that_hangs_is_killed_after_120_to_130_s()
    {
        double[] kills = Kills(bench => bench.Fault(100, 5000, bench.Etcd, 0, Affliction.Hang));
        Assert.All(kills, k => Assert.InRange(k - 100, 120, 130));
        Uniform(kills, 220, 10);
    }

    /// <summary>A probe that fails after 2 s leaves seven periods between the first and the last: 72 to 82 s.</summary>
    [Fact]
    public void A_process_that_says_it_is_not_well_is_killed_after_about_80_s()
    {
        double[] kills = Kills(bench => bench.Lab.At(100, s => s.Drive(bench.Well, false)));
        Assert.All(kills, k => Assert.InRange(k - 100, 72, 82));
        Uniform(kills, 172, 10);
    }

    [Fact]
    public void It_hears_of_a_hang_only_when_the_grace_is_over()
    {
        Probed bench = new(Fidelity.Elided);
        bench.Fault(100, 5000, bench.Etcd, 0, Affliction.Hang);
        bench.Play(1000);
        double kill = bench.Instants("process/etcd@cp-1", "killed").Single();
        Assert.Equal(kill + 30, bench.Instants("etcd@cp-1.alive", "-").Single(), 9);
        // 1 s for the restart, 5 s for the start; the new process does not hang.
        Assert.Equal(kill + 36, bench.Instants("etcd@cp-1.runs", "+").Single(), 9);
        Assert.Equal(1, bench.Simulation.CountOf(bench.Builder.Counter("process-exits:etcd")));
    }

    [Fact]
    public void A_process_that_is_well_again_in_time_is_not_killed()
    {
        Probed bench = new(Fidelity.Elided);
        bench.Fault(100, 119, bench.Etcd, 0, Affliction.Hang);
        // Each of the pauses between the hangs holds a probe, so failures do not add up.
        bench.Fault(230, 100, bench.Etcd, 0, Affliction.Hang);
        bench.Fault(341, 100, bench.Etcd, 0, Affliction.Hang);
        bench.Play(2000);
        Assert.Empty(bench.Instants("process/etcd@cp-1", "killed"));
    }

    [Fact]
    public void A_probe_succeeds_when_the_process_is_well_before_it_gives_up()
    {
        Probed bench = new(Fidelity.Elided);
        for (int i = 0; i < 100; i++)
        {
            // Well for half a second in every two, so within the 2 s of each probe.
            bench.Lab.At(100 + (2 * i), s => s.Drive(bench.Well, false));
            bench.Lab.At(101.5 + (2 * i), s => s.Drive(bench.Well, true));
        }
        bench.Play(300);
        Assert.Empty(bench.Instants("process/etcd@cp-1", "killed"));
    }

    /// <summary>24 failures are forgiven at first: 230 s of ticks, not 70.</summary>
    [Fact]
    public void The_startup_probe_is_more_patient()
    {
        double[] kills = Kills(bench =>
        {
            bench.Lab.At(95, s => s.Drive(bench.Well, false));
            bench.Fault(96, 4, bench.Etcd, 0, restarted: true);
        });
        // Nothing is asked in the first 10 s of the process, which is started at 100.
        Assert.All(kills, k => Assert.InRange(k - 110, 232, 242));
    }

    [Fact]
    public void Once_it_has_been_well_the_startup_probe_is_over()
    {
        double[] kills = Kills(bench =>
        {
            bench.Fault(96, 4, bench.Etcd, 0, restarted: true);
            bench.Lab.At(150, s => s.Drive(bench.Well, false));
        });
        Assert.All(kills, k => Assert.InRange(k - 150, 72, 82));
    }

    [Fact]
    public void Nobody_asks_while_the_machine_hangs()
    {
        Probed bench = new(Fidelity.Elided);
        bench.Fault(100, 1000, bench.Machines, 0, Affliction.Hang);
        bench.Fault(2000, 5000, bench.Etcd, 0, Affliction.Hang);
        bench.Fault(2050, 1000, bench.Machines, 0, Affliction.Hang);
        bench.Play(5000);
        // What had failed before the machine hung still counts.
        double kill = bench.Instants("process/etcd@cp-1", "killed")[0];
        Assert.InRange(kill, 3050 + 60, 3050 + 100);
    }

    [Fact]
    public void Elided_and_exhaustive_probes_tell_the_same_story()
    {
        Probed elided = new(Fidelity.Elided), exhaustive = new(Fidelity.Exhaustive);
        foreach (Probed bench in new[] { elided, exhaustive })
        {
            Random random = new(3);
            for (int i = 0; i < 60; i++)
            {
                double at = 200 * i;
                bench.Fault(at + (50 * random.NextDouble()), 150 * random.NextDouble(), bench.Etcd, 0, Affliction.Hang);
                bench.Fault(at + (190 * random.NextDouble()), 4 * random.NextDouble(), bench.Etcd, 0, restarted: random.Next(2) == 0);
                bench.Lab.At(at + (10 * random.NextDouble()), s => s.Drive(bench.Well, false));
                bench.Lab.At(at + 10 + (120 * random.NextDouble()), s => s.Drive(bench.Well, true));
            }
        }
        for (int replication = 0; replication < 20; replication++)
        {
            elided.Play(13_000, replication);
            exhaustive.Play(13_000, replication);
            Assert.NotEmpty(elided.Instants("process/etcd@cp-1", "killed"));
            Assert.Equal(elided.Of("process/etcd@cp-1"), exhaustive.Of("process/etcd@cp-1"));
            Assert.Equal(elided.Of("etcd@cp-1.alive"), exhaustive.Of("etcd@cp-1.alive"));
            Assert.True(exhaustive.Simulation.Events > elided.Simulation.Events + 2000);
        }
    }

    [Fact]
    public void Nothing_happens_while_all_is_well()
    {
        Probed bench = new(Fidelity.Elided);
        bench.Play(1e7);
        Assert.Equal(0, bench.Simulation.Events);
    }

    private static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);

    private static double[] Kills(Action<Probed> script)
    {
        Probed bench = new(Fidelity.Elided);
        script(bench);
        return [.. Enumerable.Range(0, 400).Select(r => bench.Play(1000, r).Instants("process/etcd@cp-1", "killed")[0])];
    }

    /// <summary>Mean of uniform instants, within 4.9 standard errors.</summary>
    private static void Uniform(double[] instants, double from, double width)
    {
        double error = width / Math.Sqrt(12 * instants.Length);
        Assert.InRange(instants.Average(), from + (width / 2) - (4.9 * error), from + (width / 2) + (4.9 * error));
    }

    /// <summary>etcd processes with a liveness probe, which fails fast while <see cref="Well"/> is false.</summary>
    private sealed class Probed : Bench
    {
        public Probed(Fidelity fidelity)
        {
            Etcd = Run("etcd");
            Well = Builder.Condition("well");
            _ = new Liveness(Builder, Etcd, [.. Etcd.Set.Signals.Select((p, i) => i == 0
                ? Builder.Gate("live", 2, p.Runs, Well) : p.Runs)], Kubeadm, fidelity);
        }

        public Processes Etcd { get; }

        public Signal Well { get; }
    }
}
