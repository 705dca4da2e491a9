using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Faults;
using FailoverSim.Models.Laws;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Faults;

/// <summary>Directions, chances, rates and random streams.</summary>
public class FaultChances
{
    private static readonly string[] Cuts = ["there and back", "there", "back"];

    [Theory]
    [InlineData(Ways.Both, 1.0, 0.0, 0.0)]
    [InlineData(Ways.OneWay, 0.0, 0.5, 0.5)]
    [InlineData(Ways.Either, 1.0 / 3, 1.0 / 3, 1.0 / 3)]
    public void Ways_of_a_link_are_cut_with_equal_odds(Ways ways, double both, double there, double back)
    {
        const int Occurrences = 20_000;
        FaultBench bench = new(2);
        FaultTarget link = new("a-b", [new Victim(bench.Victims, 0), new Victim(bench.Victims, 1)]);
        bench.Fault("partition", FaultBench.Lasts(1), [link], new Constant(1), what: Affliction.Partition, ways: ways);
        bench.Run((2 * Occurrences) + 0.5);
        var struck = bench.Victims.Instants.Where(i => i.Begins).GroupBy(i => i.At, i => i.Slot)
            .Select(g => g.ToArray() switch { [0, 1] => Cuts[0], [0] => Cuts[1], [1] => Cuts[2], _ => "?" }).ToList();
        Assert.Equal(Occurrences, struck.Count);
        foreach ((string cut, double share) in Cuts.Zip([both, there, back]))
        {
            double error = Math.Sqrt(share * (1 - share) / Occurrences);
            Assert.InRange(
                struck.Count(s => s == cut) / (double)Occurrences,
                share - (Statistics.CriticalZ * error),
                share + (Statistics.CriticalZ * error));
        }
        // What was cut is what comes back.
        Assert.Equal(
            bench.Victims.Instants.Where(i => i.Begins).Select(i => (i.At + 1, i.Slot)),
            bench.Victims.Instants.Where(i => !i.Begins).Select(i => (i.At, i.Slot)));
    }

    [Fact]
    public void A_campaign_goes_wrong_as_a_whole_once_its_last_machine_is_done()
    {
        const int Campaigns = 20_000;
        FaultBench bench = new(2);
        FaultTarget all = new("apiserver", [new Victim(bench.Victims, 0), new Victim(bench.Victims, 1)]);
        FaultClocks fault = bench.Fault("bad-rollout", FaultBench.Procedure(1), [all]);
        ChanceFault chance = ChanceFault.PerCampaign(bench.Builder, fault, 0.3);
        int campaigns = 0;
        bench.Lab.Repeatedly(10, (_, _) =>
        {
            chance.StepDone(0);
            chance.StepDone(1);
            chance.CampaignDone();
            return ++campaigns < Campaigns ? 10 : double.PositiveInfinity;
        });
        bench.Run((10 * Campaigns) + 5);
        var strikes = bench.Victims.Instants.Where(i => i.Begins).ToList();
        Assert.All(strikes, s => Assert.Equal(0, s.At % 10, 6));
        Assert.Equal(strikes.Count(s => s.Slot == 0), strikes.Count(s => s.Slot == 1));
        AssertShare(0.3, strikes.Count(s => s.Slot == 0), Campaigns);
    }

    [Fact]
    public void Without_the_whole_in_scope_each_machine_goes_wrong_by_itself()
    {
        const int Steps = 20_000;
        FaultBench bench = new(3);
        FaultClocks fault = bench.Fault(
            "bad-package", FaultBench.Procedure(1), [bench.Target(0), bench.Target(1), bench.Target(2)]);
        // Two processes live on the second machine.
        ChanceFault chance = ChanceFault.PerMachine(bench.Builder, fault, 0.3, [new(7, "m1", [0]), new(3, "m2", [1, 2])]);
        int steps = 0;
        bench.Lab.Repeatedly(10, (_, _) =>
        {
            chance.StepDone(steps++ % 2 == 0 ? 7 : 3);
            chance.CampaignDone();
            return steps < Steps ? 10 : double.PositiveInfinity;
        });
        bench.Run((10 * Steps) + 5);
        var strikes = bench.Victims.Instants.Where(i => i.Begins).ToList();
        Assert.All(strikes, s => Assert.Equal(s.Slot == 0 ? 10 : 0, s.At % 20, 6));
        AssertShare(0.3, strikes.Count(s => s.Slot == 0), Steps / 2);
        AssertShare(0.3, strikes.Count(s => s.Slot == 1), Steps / 2);
        Assert.Equal(strikes.Where(s => s.Slot == 1).Select(s => s.At), strikes.Where(s => s.Slot == 2).Select(s => s.At));
    }

    [Fact]
    public void A_rollout_that_goes_wrong_is_a_cause_of_its_own_and_is_rolled_back_by_the_crew()
    {
        FaultBench bench = new(2);
        bench.Builder.Service("well", bench.Victims.Well[0], bench.Victims.Well[0], []);
        FaultTarget all = new("apiserver", [new Victim(bench.Victims, 0), new Victim(bench.Victims, 1)], AreProcesses: true);
        FaultClocks fault = bench.Fault("bad-rollout", FaultBench.Procedure(300, bench.Crew(answer: 60)), [all]);
        ChanceFault chance = ChanceFault.PerCampaign(bench.Builder, fault, 1);
        bench.Lab.At(100, _ => chance.CampaignDone());
        // Too early to go wrong again.
        bench.Lab.At(200, _ => chance.CampaignDone());
        bench.Lab.At(1000, _ => chance.CampaignDone());
        (IReadOnlyList<string> outages, string stages) = bench.Outages(2000);
        Assert.Equal(["100 +360 bad-rollout/repair", "1000 +360 bad-rollout/repair"], outages);
        Assert.Equal("answer 120, repair 600", stages);
    }

    [Fact]
    public void Occurrences_come_at_one_per_mean_gap_and_mean_length()
    {
        const double Horizon = 2_000_000;
        FaultBench bench = new(1);
        bench.Fault("crash", FaultEnding.Lasts(new Uniform(0, 40)), [bench.Target(0)], new Exponential(100));
        bench.Run(Horizon);
        int count = bench.Victims.Instants.Count(i => i.Begins);
        // Renewals: mean T/µ, variance T σ²/µ³, and less than one more or less for where the first and last cycle lie.
        double variance = (100.0 * 100.0) + (40.0 * 40.0 / 12);
        double error = Math.Sqrt(Horizon * variance / Math.Pow(120, 3));
        Assert.InRange(count, (Horizon / 120) - 1 - (Statistics.CriticalZ * error), (Horizon / 120) + 1 + (Statistics.CriticalZ * error));
    }

    [Fact]
    public void Another_fault_or_another_target_disturbs_nobody_s_instants()
    {
        FaultEnding ending = FaultEnding.Lasts(new Exponential(5));
        FaultBench alone = new(3);
        alone.Fault("crash", ending, [alone.Target(1)], new Exponential(100));
        alone.Run(10_000);
        FaultBench among = new(3);
        among.Fault("a-first", ending, [among.Target(0)], new Exponential(70));
        among.Fault("crash", ending, [among.Target(0), among.Target(1), among.Target(2)], new Exponential(100));
        among.Fault("z-last", ending, [among.Target(2)], new Exponential(70));
        among.Run(10_000);
        Assert.True(alone.Victims.Instants.Count > 50);
        Assert.Equal(alone.Victims.Instants, among.Victims.Instants.Where(i => i.Slot == 1));
        // And like targets of one fault have luck of their own.
        Assert.NotEqual(among.Victims.Instants.First(i => i.Slot == 1).At, among.Victims.Instants.First(i => i.Slot == 2).At);
    }

    [Fact]
    public void Another_scripted_instant_leaves_the_lengths_of_the_others()
    {
        FaultEnding ending = FaultEnding.Lasts(new Exponential(5));
        FaultBench one = new(1);
        one.Fault("cut", ending, [one.Target(0)], at: [1000]);
        one.Run(2000);
        FaultBench two = new(1);
        two.Fault("cut", ending, [two.Target(0)], at: [500, 1000]);
        two.Run(2000);
        Assert.Equal(one.Victims.Instants, two.Victims.Instants.Where(i => i.At >= 1000));
    }

    [Fact]
    public void The_state_of_targets_that_share_a_crew_is_who_is_struck_and_who_waits_before_whom()
    {
        // Two targets: well, or struck alone, or struck both with either in hand.
        Assert.Equal(5, StatesOf(2));
        // Three: 1 + 3, one waits 3 × 2, two wait in either order 3 × 2.
        Assert.Equal(16, StatesOf(3));
    }

    [Fact]
    public void Which_way_is_cut_is_part_of_the_state()
    {
        FaultBench bench = new(2);
        FaultTarget link = new("a-b", [new Victim(bench.Victims, 0), new Victim(bench.Victims, 1)]);
        bench.Fault("cut", FaultEnding.Lasts(new Exponential(100)), [link], new Exponential(100), ways: Ways.Either);
        Assert.Equal(4, StatesOf(bench));
    }

    private static int StatesOf(int targets)
    {
        FaultBench bench = new(targets);
        FaultEnding ending = FaultEnding.Procedure(new Exponential(50), bench.Crew());
        bench.Fault("crash", ending, [.. Enumerable.Range(0, targets).Select(i => bench.Target(i))], new Exponential(100));
        return StatesOf(bench);
    }

    private static int StatesOf(FaultBench bench)
    {
        Simulation simulation = bench.Build();
        HashSet<string> states = [];
        for (int second = 0; second < 50_000; second += 5)
        {
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(second));
            states.Add(Convert.ToHexString(simulation.Encode()));
        }
        return states.Count;
    }

    private static void AssertShare(double share, int hits, int tries)
    {
        double error = Math.Sqrt(share * (1 - share) / tries);
        Assert.InRange(
            hits / (double)tries, share - (Statistics.CriticalZ * error), share + (Statistics.CriticalZ * error));
    }
}
