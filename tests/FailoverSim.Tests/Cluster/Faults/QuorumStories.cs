using FailoverSim.Models.Cluster;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Repair;
using Xunit;

namespace FailoverSim.Tests.Cluster.Faults;

/// <summary>A majority is lost for good: one procedure takes over from those of the members.</summary>
public class QuorumStories
{
    [Fact]
    public void The_restore_takes_over_from_the_members_own_repairs_and_ends_them_with_it()
    {
        FaultBench bench = new(3);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew(answer: 10);
        FaultClocks lost = Lost(bench, crew, 0, 100);
        FaultClocks second = Lost(bench, crew, 1, 120);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (lost, 0), (second, 0));
        bench.Lab.At(120, simulation => cluster.Set(simulation, lost: true));
        bench.Run(1000);
        // At 120 somebody is at work on the first member: the crew is free again for the restore, which it answers at 130.
        Assert.Equal(
            [
                "100 0 LostForGood answer", "110 0 crew", "110 0 repair",
                "120 0 answer", "130 0 crew", "130 0 repair", "170 0 restarted",
            ],
            bench.Victims.Of(0));
        Assert.Equal(
            ["120 1 LostForGood answer", "120 1 answer", "130 1 crew", "130 1 repair", "170 1 restarted"], bench.Victims.Of(1));
        Assert.Equal(["170 with loss"], cluster.Restored);
    }

    [Fact]
    public void A_member_that_is_lost_during_the_restore_is_restored_with_the_others()
    {
        FaultBench bench = new(3);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew(answer: 10);
        FaultClocks first = Lost(bench, crew, 0, 100);
        FaultClocks late = Lost(bench, crew, 1, 150, 300);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (first, 0), (late, 0));
        bench.Lab.At(120, simulation => cluster.Set(simulation, lost: true));
        bench.Run(1000);
        Assert.Equal("170 0 restarted", bench.Victims.Of(0)[^1]);
        // Afterwards its own procedure is in force again.
        Assert.Equal(
            [
                "150 1 LostForGood repair", "170 1 restarted",
                "300 1 LostForGood answer", "310 1 crew", "310 1 repair", "910 1 restarted",
            ],
            bench.Victims.Of(1));
    }

    [Fact]
    public void The_restore_waits_its_turn_for_the_crew()
    {
        FaultBench bench = new(3);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew(answer: 10);
        FaultClocks member = Lost(bench, crew, 0, 100);
        bench.Fault("other", FaultBench.Procedure(50, crew), [bench.Target(2)], at: [95]);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (member, 0));
        bench.Lab.At(100, simulation => cluster.Set(simulation, lost: true));
        bench.Run(1000);
        Assert.Equal(
            [
                "100 0 LostForGood answer", "100 0 answer", "110 0 crew", "155 0 repair", "195 0 restarted",
            ],
            bench.Victims.Of(0));
        Assert.Equal(["195 with loss"], cluster.Restored);
    }

    [Fact]
    public void Without_a_crew_the_restore_begins_at_once()
    {
        FaultBench bench = new(3);
        FakeCluster cluster = new(bench.Builder);
        FaultClocks member = Lost(bench, bench.Crew(answer: 10), 0, 100);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew: null, (member, 0));
        bench.Lab.At(105, simulation => cluster.Set(simulation, lost: true));
        bench.Run(1000);
        Assert.Equal(["100 0 LostForGood answer", "105 0 repair", "145 0 restarted"], bench.Victims.Of(0));
    }

    [Fact]
    public void The_restore_is_called_off_when_the_majority_is_there_again()
    {
        FaultBench bench = new(3);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew(answer: 10);
        FaultClocks member = Lost(bench, crew, 0, 100);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (member, 0));
        bench.Lab.At(120, simulation => cluster.Set(simulation, lost: true));
        bench.Lab.At(140, simulation => cluster.Set(simulation, lost: false));
        bench.Run(1000);
        Assert.Equal(
            [
                "100 0 LostForGood answer", "110 0 crew", "110 0 repair",
                "120 0 answer", "130 0 crew", "130 0 repair",
                "140 0 answer", "150 0 crew", "150 0 repair", "750 0 restarted",
            ],
            bench.Victims.Of(0));
        Assert.Empty(cluster.Restored);
    }

    [Fact]
    public void The_fault_s_clock_starts_again_from_the_end_of_the_restore()
    {
        FaultBench bench = new(1);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew();
        FaultClocks member = bench.Fault(
            "lost", FaultBench.Procedure(600, crew), [bench.Target(0)], new Constant(100), what: Affliction.LostForGood);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (member, 0));
        bench.Lab.At(120, simulation => cluster.Set(simulation, lost: true));
        bench.Run(300);
        Assert.Equal(
            [(100, true), (160, false), (260, true)], bench.Victims.Instants.Select(i => ((int)i.At, i.Begins)));
    }

    [Fact]
    public void Down_time_during_a_restore_is_charged_to_the_members_faults()
    {
        FaultBench bench = new(2);
        bench.Builder.Service("well", bench.Victims.Well[0], bench.Victims.Well[0], []);
        FakeCluster cluster = new(bench.Builder);
        JobClass crew = bench.Crew(answer: 10);
        FaultClocks member = Lost(bench, crew, 0, 100);
        bench.Restore(cluster.Lost, cluster, takes: 40, crew, (member, 0));
        bench.Lab.At(120, simulation => cluster.Set(simulation, lost: true));
        (IReadOnlyList<string> outages, string stages) = bench.Outages(1000);
        Assert.Equal(["100 +70 lost-0/repair"], outages);
        Assert.Equal("answer 20, repair 50", stages);
    }

    [Fact]
    public void Jobs_taken_out_of_the_queue_leave_the_others_in_their_order()
    {
        const int Jobs = 60;
        Random random = new(5);
        FaultBench bench = new(Jobs);
        JobClass crew = bench.Crew();
        double[] struck = [.. Enumerable.Range(1, Jobs).OrderBy(_ => random.Next()).Select(at => (double)at)];
        FaultClocks[] faults = [.. struck.Select((at, i) =>
            bench.Fault($"f{i}", FaultBench.Procedure(100, crew), [bench.Target(i)], at: [at]))];
        int first = Array.IndexOf(struck, 1.0);
        int[] dropped = [.. Enumerable.Range(0, Jobs).Where(i => i != first && random.Next(3) == 0)];
        Assert.InRange(dropped.Length, 10, 40);
        bench.Lab.At(90, _ =>
        {
            foreach (int i in dropped)
            {
                faults[i].TakeOver(0, 1);
            }
        });
        bench.Run(20_000);
        int[] kept = [.. Enumerable.Range(0, Jobs).Except(dropped).OrderBy(i => struck[i])];
        Assert.Equal(kept, bench.Victims.Instants.Where(i => !i.Begins).Select(i => i.Slot));
        Assert.Equal(
            Enumerable.Range(1, kept.Length).Select(n => 1 + (100 * n)),
            bench.Victims.Instants.Where(i => !i.Begins).Select(i => (int)i.At));
    }

    /// <summary>A fault that takes one member's data.</summary>
    private static FaultClocks Lost(FaultBench bench, JobClass crew, int member, params double[] at) =>
        bench.Fault(
            $"lost-{member}", FaultBench.Procedure(600, crew), [bench.Target(member)], at: at, what: Affliction.LostForGood);
}
