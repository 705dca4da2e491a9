using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Repair;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

public class MaintenanceStories
{
    [Fact]
    public void Machines_are_worked_on_one_after_the_other_each_when_the_last_one_is_ready()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Measure("all", bench.Builder.Gate("all-run", 3, [.. etcd.Set.Signals.Select(p => p.Runs)]));
        Notes notes = new();
        Maintain(bench, etcd, every: 1000, perNode: 100).OnStep(notes);
        bench.Play(2500);
        // 100 s out, 5 s until etcd runs; then it is the next one's turn.
        Assert.Equal("1000- 1100+ 2000- 2100+", bench.Of("cp-1.powered"));
        Assert.Equal("1105- 1205+ 2105- 2205+", bench.Of("cp-2.powered"));
        Assert.Equal("1210- 1310+ 2210- 2310+", bench.Of("cp-3.powered"));
        Assert.Equal(["0", "1", "2", "all", "0", "1", "2", "all"], notes.Told);
        Assert.Equal("upgrade 630", bench.Causes());
        Assert.Equal("maintenance 600, start 30", bench.StagesOf());
    }

    [Fact]
    public void Without_a_campaign_there_is_no_event_but_the_due_dates()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Maintain(bench, etcd, every: 1000, perNode: 100, window: new DutyRoster([]));
        bench.Play(10_500);
        Assert.Equal(10, bench.Simulation.Events);
    }

    [Fact]
    public void Steps_start_inside_the_window_and_the_rest_waits_for_the_next_one()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        // Open from 1500 to 1650 and from 3000 to 3050.
        Maintain(bench, etcd, every: 1000, perNode: 100, window: Window((1500, 1650), (3000, 3050)));
        bench.Play(3900);
        Assert.Equal("1500- 1600+", bench.Of("cp-1.powered"));
        // Started inside, finished outside.
        Assert.Equal("1605- 1705+", bench.Of("cp-2.powered"));
        Assert.Equal("3000- 3100+", bench.Of("cp-3.powered"));
    }

    [Fact]
    public void A_step_waits_until_the_others_are_well_and_that_may_cost_the_window()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Maintain(bench, etcd, every: 1000, perNode: 100, window: Window((1000, 1400), (1800, 1900)));
        bench.Fault(990, 30, etcd, 2);
        bench.Fault(1110, 400, bench.Machines, 0);
        bench.Play(1950);
        Assert.Equal("1025- 1125+", bench.Of("cp-1.in-service"));
        Assert.Equal("1025- 1510+", bench.Of("cp-1.powered"));
        // Ready again at 1515, when the window is closed.
        Assert.Equal("1800- 1900+", bench.Of("cp-2.in-service"));
        Assert.Equal("", bench.Of("cp-3.in-service"));
    }

    [Fact]
    public void The_machine_whose_turn_it_is_need_not_be_well()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Maintain(bench, etcd, every: 1000, perNode: 100);
        bench.Fault(990, 30, bench.Machines, 0);
        bench.Play(1102);
        Assert.Equal("1000- 1100+", bench.Of("cp-1.in-service"));
    }

    [Fact]
    public void Two_campaigns_never_take_two_machines_at_once()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Maintain(bench, etcd, every: 1000, perNode: 100);
        Maintain(bench, etcd, every: 1000, perNode: 50, name: "patch");
        bench.Play(1990);
        // Both take each machine in turn, the second as soon as the first returns it: nobody else misses it then.
        Assert.Equal("1000- 1150+", bench.Of("cp-1.in-service"));
        Assert.Equal("1155- 1305+", bench.Of("cp-2.in-service"));
        Assert.Equal("1310- 1460+", bench.Of("cp-3.in-service"));
        Assert.Equal("1000 step 1155 done", bench.Of("maintenance/patch/cp-1"));
        Assert.Equal("1050 step 1155 done", bench.Of("maintenance/upgrade/cp-1"));
    }

    [Fact]
    public void A_campaign_that_is_late_is_followed_by_the_next_one()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Maintain(bench, etcd, every: 250, perNode: 100);
        bench.Play(1000);
        // Due at 250, 500 and 750; the first takes until 565, the second until 880.
        Assert.Equal("250- 350+ 565- 665+ 880- 980+", bench.Of("cp-1.in-service"));
    }

    private static Maintenance Maintain(
        Bench bench, Processes etcd, double every, double perNode, DutyRoster? window = null, string name = "upgrade") =>
        new(
            bench.Builder,
            new MaintenanceOptions(name, SimDuration.FromSeconds(every), window ?? DutyRoster.Always, new Constant(perNode)),
            bench.Machines,
            [0, 1, 2],
            [.. etcd.Set.Signals.Select(p => p.Runs)]);

    private static DutyRoster Window(params (double From, double To)[] spells) =>
        new(spells.Select(s => (Instant(s.From), Instant(s.To))));

    private static SimTime Instant(double seconds) => SimTime.Zero + SimDuration.FromSeconds(seconds);

    private sealed class Notes : IStepListener
    {
        public List<string> Told { get; } = [];

        public void StepDone(int machine) => Told.Add($"{machine}");

        public void CampaignDone() => Told.Add("all");
    }
}
