using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>What the time without a leader is waiting for, and whose fault it is.</summary>
public class LeaseStages
{
    [Fact]
    public void A_dead_leader_is_waited_for_until_its_record_runs_out_then_somebody_takes_it_and_fills_its_caches()
    {
        LeaseBench bench = new(3, sync: 5);
        bench.ToHolder(100, bench.Kill);
        List<(double Seconds, int Stage)> stages = StagesOf(bench, bench.Electors.Acting, 99, 150);
        Assert.Equal([bench.Stages.Expire, bench.Stages.Elect, bench.Stages.Sync], stages.Select(s => s.Stage));
        Assert.InRange(stages[0].Seconds, 13, 19.5);
        Assert.InRange(stages[1].Seconds, 0, 4.5);
        Assert.Equal(5, stages[2].Seconds, 0.011);
    }

    [Fact]
    public void A_released_lease_only_waits_for_somebody_to_take_it()
    {
        LeaseBench bench = new(2, LeaseBench.Timers(15, 10, 2, release: true));
        bench.ToHolder(100, (_, slot) => bench.Electors.Stop(slot));
        int[] stages = [.. StagesOf(bench, bench.Electors.Held, 99, 150).Select(s => s.Stage)];
        // Until the standby has polled it counts on the old record.
        Assert.Equal(bench.Stages.Expire, stages[0]);
        Assert.True(stages.Length == 1 || stages is [_, int second] && second == bench.Stages.Elect);
    }

    [Fact]
    public void A_lone_candidate_is_waited_for_to_restart_to_see_its_record_and_to_outlive_it()
    {
        LeaseBench bench = new(1);
        bench.ToHolder(100, bench.Kill);
        bench.Lab.At(105, s => bench.Start(s, 0));
        int[] stages = [.. StagesOf(bench, bench.Electors.Held, 99, 150).Select(s => s.Stage)];
        Assert.Equal([bench.Stages.Restart, bench.Stages.Detect, bench.Stages.Expire, bench.Stages.Elect], stages);
    }

    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void The_fault_that_makes_a_leader_give_up_is_to_blame(Fidelity fidelity)
    {
        LeaseBench bench = new(2, fidelity: fidelity);
        int refusal = bench.Lab.Builder.Cause("refusal");
        bench.ToHolder(100, (s, slot) =>
        {
            s.Raise(refusal);
            s.Drive(bench.Accepts(slot), false);
        });
        bench.Lab.At(105, s => s.Raise(bench.Lab.Builder.Cause("none")));
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(113_000_000_000));
        List<Cause> causes = [];
        foreach (Signal signal in new[] { bench.Electors.Held, bench.Electors.Acting })
        {
            simulation.Signals.CausesOf(signal.Index, causes);
            Assert.Equal(refusal, Assert.Single(causes).Kind);
        }
        simulation.RunUntil(new SimTime(140_000_000_000));
        Assert.True(simulation.Signals[bench.Electors.Acting]);
    }

    /// <summary>A leader that releases gives up after D, then waits for the answer to a read as long as its client has patience.</summary>
    [Fact]
    public void A_hung_route_holds_up_a_release()
    {
        LeaseBench bench = new(2, LeaseBench.Timers(15, 10, 2, release: true));
        bench.Lab.At(100, s => s.Drive(bench.Commits, false));
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(130_000_000_000));
        Assert.InRange(Assert.Single(bench.Processes.Told).At, 115, 117);
    }

    /// <summary>The stages of a signal while it is down, to 10 ms, in their order.</summary>
    private static List<(double Seconds, int Stage)> StagesOf(LeaseBench bench, Signal signal, double from, double until)
    {
        const double Step = 0.01;
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Reset(0);
        List<(double Seconds, int Stage)> stages = [];
        for (double at = from; at < until; at += Step)
        {
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(at));
            if (simulation.Signals[signal])
            {
                continue;
            }
            int stage = simulation.Signals.StageOf(signal.Index);
            if (stages.Count == 0 || stages[^1].Stage != stage)
            {
                stages.Add((0, stage));
            }
            stages[^1] = (stages[^1].Seconds + Step, stage);
        }
        return stages;
    }
}
