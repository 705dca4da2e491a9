using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Repair;
using Xunit;

namespace FailoverSim.Tests.Cluster.Faults;

/// <summary>What victims are told, and when, with constant laws.</summary>
public class FaultStories
{
    [Fact]
    public void A_clock_runs_from_the_start_and_from_the_end_of_each_occurrence()
    {
        FaultBench bench = new(2);
        bench.Fault("stall", FaultBench.Lasts(20), [bench.Target(0), bench.Target(1)], new Constant(100), what: Affliction.Stall);
        Assert.Equal(
            [
                "100 0 Stall outage", "100 1 Stall outage", "120 0 goes on", "120 1 goes on",
                "220 0 Stall outage", "220 1 Stall outage", "240 0 goes on", "240 1 goes on",
            ],
            bench.Run(300));
    }

    [Fact]
    public void A_repair_that_needs_nobody_starts_at_once_and_restarts_its_victim()
    {
        FaultBench bench = new(2);
        bench.Fault("crash", FaultBench.Procedure(3), [bench.Target(0, isProcess: true), bench.Target(1)], new Constant(10));
        Assert.Equal(
            ["10 0 Down restart", "10 1 Down repair", "13 0 restarted", "13 1 restarted"], bench.Run(20));
    }

    [Fact]
    public void A_crew_answers_each_call_and_then_takes_one_job_after_the_other()
    {
        FaultBench bench = new(2);
        FaultEnding ending = FaultBench.Procedure(50, bench.Crew(answer: 10));
        bench.Fault("a", ending, [bench.Target(0)], at: [100]);
        bench.Fault("b", ending, [bench.Target(1)], at: [105]);
        bench.Run(300);
        Assert.Equal(["100 0 Down answer", "110 0 crew", "110 0 repair", "160 0 restarted"], bench.Victims.Of(0));
        Assert.Equal(["105 1 Down answer", "115 1 crew", "160 1 repair", "210 1 restarted"], bench.Victims.Of(1));
    }

    [Fact]
    public void Jobs_queue_by_the_time_of_the_strike()
    {
        FaultBench bench = new(3);
        JobClass slow = bench.Crew(answer: 30);
        FaultEnding ending = FaultBench.Procedure(50, slow);
        bench.Fault("first", ending, [bench.Target(0)], at: [100]);
        bench.Fault("z-second", ending, [bench.Target(1)], at: [110]);
        bench.Fault("a-third", ending, [bench.Target(2)], at: [111]);
        bench.Run(400);
        Assert.Equal(["110 1 Down answer", "140 1 crew", "180 1 repair", "230 1 restarted"], bench.Victims.Of(1));
        Assert.Equal(["111 2 Down answer", "141 2 crew", "230 2 repair", "280 2 restarted"], bench.Victims.Of(2));
    }

    [Fact]
    public void Off_duty_the_answer_runs_from_the_next_hour_on_duty_and_a_started_repair_runs_to_its_end()
    {
        FaultBench bench = new(1);
        DutyRoster day = new([(At(1000), At(1100)), (At(2000), At(2100))]);
        bench.Fault("crash", FaultBench.Procedure(500, bench.Crew(answer: 10, duty: day)), [bench.Target(0)], at: [100]);
        Assert.Equal(["100 0 Down answer", "1010 0 crew", "1010 0 repair", "1510 0 restarted"], bench.Run(3000));
    }

    [Fact]
    public void A_more_urgent_job_interrupts_and_the_other_resumes_where_it_stopped()
    {
        FaultBench bench = new(3);
        var spare = bench.Builder.Gate("spare", 1, bench.Victims.Well[0], bench.Victims.Well[2]);
        JobClass calm = bench.Crew(preempt: true, services: spare);
        JobClass urgent = bench.Again(calm, bench.Victims.Well[1]);
        bench.Fault("calm", FaultBench.Procedure(50, calm), [bench.Target(0)], at: [100]);
        bench.Fault("urgent", FaultBench.Procedure(10, urgent), [bench.Target(1)], at: [120]);
        bench.Run(300);
        Assert.Equal(
            ["100 0 Down crew", "100 0 crew", "100 0 repair", "120 0 crew", "130 0 repair", "160 0 restarted"], bench.Victims.Of(0));
        Assert.Equal(["120 1 Down crew", "120 1 crew", "120 1 repair", "130 1 restarted"], bench.Victims.Of(1));
    }

    [Fact]
    public void A_repair_waits_for_its_part()
    {
        FaultBench bench = new(2, new SpareOptions("disk", 1, 0, new Constant(500)));
        JobClass jobs = bench.Crew() with { Shelf = 0 };
        FaultEnding ending = FaultBench.Procedure(50, bench.Again(jobs));
        bench.Fault("disk-dead", ending, [bench.Target(0), bench.Target(1)], at: [100]);
        bench.Run(1000);
        Assert.Equal(["100 0 Down crew", "100 0 crew", "100 0 repair", "150 0 restarted"], bench.Victims.Of(0));
        Assert.Equal(
            ["100 1 Down crew", "100 1 spare", "600 1 crew", "600 1 repair", "650 1 restarted"], bench.Victims.Of(1));
    }

    [Fact]
    public void Faults_overlap_freely_and_each_has_its_own_end_and_cause()
    {
        FaultBench bench = new(1);
        bench.Builder.Service("well", bench.Victims.Well[0], bench.Victims.Well[0], []);
        bench.Fault("a", FaultBench.Lasts(50), [bench.Target(0)], at: [100]);
        bench.Fault("b", FaultBench.Lasts(60), [bench.Target(0)], at: [120], what: Affliction.Hang);
        (IReadOnlyList<string> outages, string stages) = bench.Outages(300);
        Assert.Equal(["100 0 Down outage", "120 0 Hang outage", "150 0 goes on", "180 0 goes on"], bench.Victims.Told);
        Assert.Equal("outage 80", stages);
        Assert.Equal(["100 +80 a/outage"], outages);
    }

    [Fact]
    public void Scripted_instants_strike_every_target_whatever_is_still_under_way()
    {
        FaultBench bench = new(2);
        bench.Fault("cut", FaultBench.Lasts(50), [bench.Target(0), bench.Target(1)], at: [10, 30, 40]);
        bench.Run(200);
        foreach (int victim in new[] { 0, 1 })
        {
            Assert.Equal(
                [(10, true), (30, true), (40, true), (60, false), (80, false), (90, false)],
                bench.Victims.Instants.Where(i => i.Slot == victim).Select(i => ((int)i.At, i.Begins)));
        }
    }

    [Fact]
    public void All_replicas_are_one_target_with_one_clock_and_one_repair()
    {
        FaultBench bench = new(3);
        FaultTarget all = new("apiserver", [.. Enumerable.Range(0, 3).Select(i => new Victim(bench.Victims, i))], AreProcesses: true);
        bench.Fault("bug", FaultBench.Procedure(20, bench.Crew(answer: 5)), [all], new Exponential(100));
        Simulation simulation = bench.Build();
        simulation.RunUntil(At(10_000));
        List<(double At, int Slot, bool Begins)> told = bench.Victims.Instants;
        Assert.True(told.Count > 100);
        for (int i = 0; i + 6 <= told.Count; i += 6)
        {
            Assert.All(told[i..(i + 3)], t => Assert.Equal((told[i].At, true), (t.At, t.Begins)));
            Assert.All(told[(i + 3)..(i + 6)], t => Assert.False(t.Begins));
            Assert.Equal(25, told[i + 3].At - told[i].At, 6);
        }
    }

    [Fact]
    public void A_role_is_struck_where_it_is_held_and_a_strike_that_finds_nobody_is_lost()
    {
        FaultBench bench = new(3);
        FakeRole leader = new() { Holder = 1 };
        FaultTarget role = new(
            "etcd.leader", [.. Enumerable.Range(0, 3).Select(i => new Victim(bench.Victims, i))], AreProcesses: true, leader);
        bench.Fault("leader-crash", FaultBench.Procedure(20), [role], new Constant(100));
        bench.Lab.At(110, _ => leader.Holder = 2);
        bench.Lab.At(230, _ => leader.Holder = -1);
        bench.Lab.At(350, _ => leader.Holder = 0);
        // Struck at 100 and 220; lost at 340, from where the clock runs again.
        Assert.Equal(
            ["100 1 Down restart", "120 1 restarted", "220 2 Down restart", "240 2 restarted", "440 0 Down restart", "460 0 restarted"],
            bench.Run(500));
    }

    [Fact]
    public void Down_time_is_charged_to_the_fault_and_to_what_is_waited_for()
    {
        FaultBench bench = new(2);
        bench.Builder.Service("well", bench.Victims.Well[1], bench.Victims.Well[1], []);
        FaultEnding ending = FaultBench.Procedure(50, bench.Crew(answer: 10));
        bench.Fault("a", ending, [bench.Target(0)], at: [100]);
        bench.Fault("b", ending, [bench.Target(1)], at: [105]);
        (IReadOnlyList<string> outages, string stages) = bench.Outages(300);
        Assert.Equal("answer 10, crew 45, repair 50", stages);
        Assert.Equal(["105 +105 b/repair"], outages);
    }

    [Fact]
    public void What_a_fault_amounts_to_reaches_its_victim()
    {
        FaultBench bench = new(1);
        bench.Fault("loss", FaultBench.Lasts(5), [bench.Target(0)], at: [10], what: Affliction.Lossy, amount: 0.2);
        Assert.Equal(["10 0 Lossy(0.2) outage", "15 0 goes on"], bench.Run(20));
    }

    [Fact]
    public void Contradictory_options_are_refused()
    {
        FaultBench bench = new(1);
        Assert.Throws<ArgumentException>(() =>
            bench.Fault("both", FaultBench.Lasts(1), [bench.Target(0)], new Constant(1), at: [1]));
        Assert.Throws<ArgumentException>(() => bench.Fault("twice", FaultBench.Lasts(1), [bench.Target(0)], at: [1, 1]));
        Assert.Throws<ArgumentException>(() => bench.Fault("odd", FaultBench.Lasts(1), [bench.Target(0)], at: [1], ways: Ways.OneWay));
    }

    private static SimTime At(double seconds) => SimTime.Zero + SimDuration.FromSeconds(seconds);
}
