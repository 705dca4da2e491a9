using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Leases;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>What becomes of a lease when this and that goes wrong, told by the rules of client-go with the defaults 15/10/2 s.</summary>
public class LeaseStories
{
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Without_failures_nothing_ever_changes(Fidelity fidelity)
    {
        LeaseBench bench = new(3, fidelity: fidelity);
        Simulation simulation = Run(bench, fidelity == Fidelity.Elided ? 10 * 365 * 86_400.0 : 86_400, out SignalLog log);
        Assert.Equal(0, bench.Electors.Elections);
        Assert.Empty(log.Times(bench.Electors.Held, false));
        // It cannot act meanwhile.
        Assert.All(log.Outages(bench.Electors.Acting), length => Assert.Equal(1.3, length, 1e-6));
        Assert.True(fidelity == Fidelity.Exhaustive || simulation.Events == 0);
        Assert.True(simulation.Signals[bench.Electors.LeadsOf(bench.Electors.HolderSlot)]);
    }

    /// <summary>It hangs while a renewal is under way, and is asked to stop before it goes on: what it was told first is that the renewal succeeded.</summary>
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void A_leader_that_is_asked_to_stop_while_it_hangs_leaves_the_lease_to_others(Fidelity fidelity)
    {
        LeaseBench bench = new(2, fidelity: fidelity, call: new Constant(1));
        int holder = -1;
        bench.ToHolder(100, (s, slot) =>
        {
            holder = slot;
            s.Drive(bench.NotHung(slot), false);
        });
        bench.Lab.At(100.5, _ => bench.Electors.Stop(holder));
        bench.Lab.At(101.5, s => s.Drive(bench.NotHung(holder), true));
        Simulation simulation = bench.Lab.Builder.Build(1);
        for (int r = 0; r < 50; r++)
        {
            simulation.Reset(r);
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(130));
            Assert.Equal(1 - holder, bench.Electors.HolderSlot);
        }
    }

    [Fact]
    public void Every_candidate_may_be_the_first_holder()
    {
        LeaseBench bench = new(3);
        Simulation simulation = bench.Lab.Builder.Build(1);
        int[] firsts = new int[3];
        for (int r = 0; r < 3000; r++)
        {
            simulation.Reset(r);
            firsts[bench.Electors.HolderSlot]++;
        }
        Assert.All(firsts, count => Assert.InRange(count, 870, 1130));
    }

    /// <summary>Its last renewal ended in the two seconds before 100: the next round begins within two seconds and lasts ten.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_leader_without_the_API_gives_up_12_s_after_its_last_renewal(bool refused)
    {
        LeaseBench bench = new(2);
        int holder = -1;
        bench.ToHolder(100, (s, slot) =>
        {
            holder = slot;
            s.Drive(refused ? bench.Accepts(slot) : bench.Commits, false);
        });
        Run(bench, 115, out SignalLog log);
        Assert.Equal("exit", Assert.Single(bench.Processes.Told).What);
        Assert.Equal(holder, bench.Processes.Told[0].Slot);
        double at = bench.Processes.Told[0].At;
        Assert.InRange(at, 110, 112);
        Assert.Equal(at, log.Times(bench.Electors.Held, false)[0], 1e-9);
        // Refused or not answered: it cannot act from the start.
        Assert.Equal(100, log.Times(bench.Electors.Acting, false)[0], 1e-9);
    }

    /// <summary>Refused, it tries at 0, 2, 4, 6 and 8 s of the round, and no more at 10; hung, an update and a read of 5 s each are one attempt.</summary>
    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 1)]
    public void Attempts_of_a_round_depend_on_how_it_fails(bool refused, int attempts)
    {
        LeaseBench bench = new(1);
        bench.Lab.At(100, s => s.Drive(refused ? bench.Accepts(0) : bench.Commits, false));
        Simulation simulation = bench.Lab.Builder.Build(3);
        StepLog steps = new();
        simulation.Trace = steps;
        Advance(simulation, 115);
        // Refused: each attempt is begun by one timer, and so is the end. Hung: the round, the two patiences; the second is the end.
        Assert.Equal(refused ? attempts + 1 : 3, steps.Count);
    }

    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void An_election_of_etcd_does_not_cost_the_lease(Fidelity fidelity)
    {
        LeaseBench bench = new(3, fidelity: fidelity);
        for (int i = 0; i < 200; i++)
        {
            double at = 100 + (i * 300.777);
            bench.Lab.At(at, s => s.Drive(bench.Commits, false));
            bench.Lab.At(at + 1.3, s => s.Drive(bench.Commits, true));
        }
        Simulation simulation = Run(bench, 62_000, out SignalLog log);
        Assert.Equal(0, bench.Electors.Elections);
        Assert.Empty(log.Times(bench.Electors.Held, false));
        // It cannot act meanwhile.
        Assert.All(log.Outages(bench.Electors.Acting), length => Assert.Equal(1.3, length, 1e-6));
        Assert.Empty(bench.Processes.Told);
        // Besides the two timers of the test itself.
        Assert.True(fidelity == Fidelity.Exhaustive || simulation.Events < 200 * (2 + 24), $"{simulation.Events} events");
    }

    /// <summary>The leader exits 12 s after its last renewal; standbys see the old record and wait on.</summary>
    [Fact]
    public void After_20_s_without_the_API_somebody_leads_again_within_a_lease_and_two_polls()
    {
        LeaseBench bench = new(3, restart: 5);
        bench.Lab.At(100, s => s.Drive(bench.Commits, false));
        bench.Lab.At(120, s => s.Drive(bench.Commits, true));
        Run(bench, 200, out SignalLog log);
        Assert.Single(bench.Processes.Told);
        Assert.InRange(bench.Processes.Told[0].At, 110, 112);
        Assert.InRange(Assert.Single(log.Times(bench.Electors.Held, true)), 120, 120 + 15 + (2 * 4.42));
        Assert.Equal(1, bench.Electors.Elections);
    }

    /// <summary>A lone candidate that exits must see its own old record after the outage, then wait for it to run out.</summary>
    [Fact]
    public void A_lone_leader_comes_back_a_lease_after_the_API()
    {
        LeaseBench bench = new(1, restart: 1);
        bench.Lab.At(100, s => s.Drive(bench.Accepts(0), false));
        bench.Lab.At(120, s => s.Drive(bench.Accepts(0), true));
        Run(bench, 200, out SignalLog log);
        Assert.InRange(Assert.Single(log.Times(bench.Electors.Held, true)), 120 + 15, 120 + 15 + (2 * 4.42));
    }

    /// <summary>
    /// Paused between two renewals, the old leader begins a new round when it resumes: it reads that another leads, and exits when the
    /// round has lasted for the renew deadline. Until then both act: nothing fences it.
    /// </summary>
    [Fact]
    public void A_paused_leader_believes_that_it_leads_until_a_round_has_failed()
    {
        LeaseBench bench = new(2);
        int old = -1;
        bench.ToHolder(100, (s, slot) =>
        {
            old = slot;
            s.Drive(bench.NotHung(slot), false);
        });
        bool[] leads = new bool[4];
        bench.Lab.At(140, s => s.Drive(bench.NotHung(old), true));
        bench.Lab.At(145, s =>
        {
            leads[0] = s.Signals[bench.Electors.LeadsOf(old)];
            leads[1] = s.Signals[bench.Electors.LeadsOf(1 - old)];
        });
        Run(bench, 200, out SignalLog log);
        Assert.True(leads[0] && leads[1]);
        (double at, int slot, string what) = Assert.Single(bench.Processes.Told);
        Assert.Equal((old, "exit"), (slot, what));
        Assert.InRange(at, 140, 150.1);
        Assert.Equal(1, bench.Electors.Overlaps);
        Assert.Equal(100, Assert.Single(log.Times(bench.Electors.Held, false)), 1e-9);
        Assert.InRange(Assert.Single(log.Times(bench.Electors.Held, true)), 113, 124);
        Assert.Equal(1 - old, bench.Electors.HolderSlot);
    }

    [Fact]
    public void A_leader_paused_for_less_than_its_lease_goes_on()
    {
        LeaseBench bench = new(3);
        bench.ToHolder(100, (s, slot) => s.Drive(bench.NotHung(slot), false));
        bench.Lab.At(108, s =>
        {
            for (int slot = 0; slot < 3; slot++)
            {
                s.Drive(bench.NotHung(slot), true);
            }
        });
        Run(bench, 200, out SignalLog log);
        Assert.Equal(0, bench.Electors.Elections);
        Assert.Equal(8, Assert.Single(log.Outages(bench.Electors.Held)), 1e-9);
        Assert.Empty(bench.Processes.Told);
    }

    /// <summary>Several may read that the lease has run out before the first has written: the revision lets one of them win.</summary>
    [Fact]
    public void Of_candidates_that_race_exactly_one_wins()
    {
        LeaseBench bench = new(6, call: new Constant(0.2), restart: 1);
        // All start together and wait for the same old record; calls take so long that some read it in the same state.
        bench.Lab.At(100, s =>
        {
            for (int slot = 0; slot < 6; slot++)
            {
                bench.Kill(s, slot);
            }
        });
        bench.Lab.At(101, s =>
        {
            for (int slot = 0; slot < 6; slot++)
            {
                bench.Start(s, slot);
            }
        });
        Simulation simulation = bench.Lab.Builder.Build(1);
        SignalLog log = new(bench.Electors.Held);
        simulation.Trace = log;
        for (int r = 0; r < 500; r++)
        {
            simulation.Reset(r);
            simulation.RunUntil(new SimTime(150_000_000_000));
            Assert.Equal(1, bench.Electors.Elections);
            Assert.Equal(0, bench.Electors.Overlaps);
            Assert.Single(Enumerable.Range(0, 6), slot => simulation.Signals[bench.Electors.LeadsOf(slot)]);
        }
    }

    [Fact]
    public void Known_by_its_node_a_restarted_holder_renews_at_once()
    {
        LeaseBench bench = new(3, LeaseBench.Timers(5, 3, 1, release: true), nodeIdentity: true);
        int holder = -1;
        bench.ToHolder(100, (s, slot) =>
        {
            holder = slot;
            bench.Kill(s, slot);
        });
        bench.Lab.At(101, s => bench.Start(s, holder));
        Run(bench, 150, out SignalLog log);
        // A read and an update of 10 ms each.
        Assert.Equal(1.02, Assert.Single(log.Outages(bench.Electors.Held)), 1e-6);
        Assert.Equal(1, bench.Electors.Elections);
        Assert.Equal(0, bench.Electors.HandOvers);
        Assert.Equal(holder, bench.Electors.HolderSlot);
    }

    [Fact]
    public void A_new_leader_acts_when_its_caches_are_filled()
    {
        LeaseBench bench = new(2, sync: 7);
        bench.ToHolder(100, bench.Kill);
        Run(bench, 150, out SignalLog log);
        double held = Assert.Single(log.Outages(bench.Electors.Held));
        Assert.Equal(held + 7, Assert.Single(log.Outages(bench.Electors.Acting)), 1e-6);
    }

    [Theory]
    [InlineData(true, 0.03)]
    [InlineData(false, 0)]
    public void A_clean_stop_is_done_when_the_lease_is_released(bool release, double takes)
    {
        LeaseBench bench = new(2, LeaseBench.Timers(15, 10, 2, release));
        bench.ToHolder(100, (_, slot) => bench.Electors.Stop(slot));
        Run(bench, 150, out SignalLog log);
        (double at, int _, string what) = Assert.Single(bench.Processes.Told);
        Assert.Equal("stopped", what);
        Assert.InRange(at - 100, 0, takes);
        Assert.InRange(Assert.Single(log.Outages(bench.Electors.Held)), release ? 0 : 13, release ? 4.5 : 23.9);
    }

    [Fact]
    public void A_standby_alone_disturbs_nobody()
    {
        LeaseBench bench = new(4);
        for (int i = 0; i < 1000; i++)
        {
            double at = 1000 + (i * 1000.3);
            int standby = -1;
            bench.Lab.At(at, s =>
            {
                standby = (bench.Electors.HolderSlot + 1) % 4;
                bench.Kill(s, standby);
            });
            bench.Lab.At(at + 5, s => bench.Start(s, standby));
        }
        Simulation simulation = Run(bench, 1_100_000, out SignalLog log);
        Assert.Equal(0, bench.Electors.Elections);
        Assert.Empty(log.Times(bench.Electors.Held, false));
        // It cannot act meanwhile.
        Assert.All(log.Outages(bench.Electors.Acting), length => Assert.Equal(1.3, length, 1e-6));
        // Two timers of the test and the two of the first poll.
        Assert.Equal(4 * 1000, simulation.Events);
    }

    private static Simulation Run(LeaseBench bench, double until, out SignalLog log)
    {
        Simulation simulation = bench.Lab.Builder.Build(1);
        simulation.Trace = log = new SignalLog(bench.Electors.Held, bench.Electors.Acting);
        Advance(simulation, until);
        return simulation;
    }

    private static void Advance(Simulation simulation, double until)
    {
        simulation.Reset(0);
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
    }

    /// <summary>Counts the steps of elections.</summary>
    private sealed class StepLog : ITrace
    {
        public int Count { get; private set; }

        public void OnTimer(SimTime time, Component component, int slot, int timer) =>
            Count += component is Electors && timer == 0 ? 1 : 0;

        public void OnState(SimTime time, Component component, int slot, string state)
        {
        }

        public void OnSignal(SimTime time, Signal signal, bool value)
        {
        }
    }
}
