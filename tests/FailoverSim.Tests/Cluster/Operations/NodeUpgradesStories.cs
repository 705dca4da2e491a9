using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Repair;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

public class NodeUpgradesStories
{
    [Fact]
    public void Every_node_is_replaced_once_and_the_pool_never_shrinks()
    {
        Floor floor = new(10, [new(20, MinHealthy: 15)], spares: 3, zones: 3, boot: (90, 240));
        Notes notes = new(floor);
        Upgrade(floor, surge: 3).OnStep(notes);
        floor.Repeatedly(500, _ =>
        {
            Assert.True(floor.Machines.CountReady() >= 10, $"{floor.Simulation.Now.Seconds}: {floor.Machines.CountReady()}");
            return 1;
        });
        floor.Play(19_000);
        int[] gone = [.. Nodes(floor, "terminate")];
        Assert.Equal(Enumerable.Range(0, 10), gone.Order());
        // The places of those that have gone are used again.
        Assert.Equal([10, 11, 12], Nodes(floor, "launch").Take(3));
        Assert.Equal(10, Nodes(floor, "launch").Count());
        Assert.Equal(10, floor.CountOf("upgrades.nodes"));
        Assert.Equal(10, floor.Machines.CountReady());
        Assert.Equal([3, 3, 4], Enumerable.Range(0, 3).Select(zone => ReadyIn(floor, zone)).Order());
        Assert.Equal(10, notes.Steps);
        Assert.Equal(1, notes.Campaigns);
        Assert.Equal(0, floor.Pods.Deletions);
        Assert.Equal([floor.Builder.Cause("node-upgrade")], floor.Pods.CauseKinds);
        // The next one replaces the new ones.
        floor.Play(29_000);
        Assert.Equal(20, floor.CountOf("upgrades.nodes"));
    }

    [Fact]
    public void A_step_launches_then_drains_at_once_then_removes()
    {
        Floor floor = new(4, [new(4)], spares: 2, initially: pod => pod, grace: 29.5);
        Upgrade(floor, surge: 2);
        floor.Play(11_500);
        Assert.Equal(["10000 launch 4", "10000 launch 5", "10130 launch 0", "10130 launch 1"], floor.Of("launch"));
        // 100 s of boot, 30 s of grace.
        Assert.Equal(["10130 terminate 0", "10130 terminate 1", "10260 terminate 2", "10260 terminate 3"], floor.Of("terminate"));
        Assert.StartsWith("10100 evict w-0/1, 10100 evict w-0/2, ", floor.Happened);
    }

    [Fact]
    public void A_new_machine_comes_in_the_zone_of_an_old_one()
    {
        // Places are free in a and b only. When there are old nodes in c only, one comes elsewhere; then c has a place.
        Floor floor = new(6, [new(6)], spares: 2, zones: 3);
        Upgrade(floor, surge: 2);
        floor.Play(19_000);
        Assert.Equal([0, 1, 0, 1, 0, 2], Nodes(floor, "launch").Select(n => n % 3));
        Assert.Equal([3, 2, 1], Enumerable.Range(0, 3).Select(zone => ReadyIn(floor, zone)));
        // With as many in each zone as a step takes, the pool stays as it is.
        Floor wide = new(6, [new(6)], spares: 6, zones: 3);
        Upgrade(wide, surge: 2);
        wide.Play(99_000);
        Assert.Equal(54, wide.CountOf("upgrades.nodes"));
        Assert.Equal([2, 2, 2], Enumerable.Range(0, 3).Select(zone => ReadyIn(wide, zone)));
    }

    [Fact]
    public void Steps_begin_inside_the_window()
    {
        Floor floor = new(4, [new(4)], spares: 1);
        Upgrade(floor, surge: 1, window: Window((10_500, 10_750), (12_000, 12_010)));
        floor.Play(19_000);
        Assert.All(floor.Machines.Told.Where(t => t.What.StartsWith("launch", StringComparison.Ordinal)),
            t => Assert.True(t.At is (>= 10_500 and < 10_750) or (>= 12_000 and < 12_010), $"{t.At}"));
        // The step begun last in the first window ends outside; one more in the second.
        Assert.Equal(4, floor.CountOf("upgrades.nodes"));
        Assert.Contains(floor.Machines.Told, t => t.What.StartsWith("terminate", StringComparison.Ordinal) && t.At > 10_750 && t.At < 12_000);
    }

    [Fact]
    public void An_outage_of_the_providers_API_holds_steps_and_removals_up()
    {
        Floor floor = new(2, [new(2)], spares: 1, initially: pod => pod);
        floor.Out(floor.Control.CloudApi, 9900, 10_200);
        floor.Out(floor.Control.CloudApi, 10_250, 11_000);
        Upgrade(floor, surge: 1);
        floor.Play(19_000);
        Assert.Equal(["10200 launch 2", "11000 launch 0"], floor.Of("launch"));
        Assert.Equal(["11000 terminate 0"], floor.Of("terminate").Take(1));
        Assert.Equal(2, floor.CountOf("upgrades.nodes"));
    }

    [Fact]
    public void Who_is_replaced_by_somebody_else_is_new_already_and_no_machine_is_left_over()
    {
        Floor floor = new(4, [new(4, MinHealthy: 3)], spares: 2, initially: pod => pod);
        Upgrade(floor, surge: 2);
        // Before its turn; then in its turn, when its new machine is there.
        floor.At(10_050, () => floor.Machines.Replace(3));
        floor.At(10_101, () => floor.Machines.Replace(1));
        floor.Play(19_000);
        Assert.Equal(2, floor.CountOf("upgrades.nodes"));
        Assert.Equal(4, floor.Machines.CountReady());
        Assert.Equal(4, Enumerable.Range(0, 6).Count(floor.Machines.Exists));
        Assert.Equal([0, 2], Nodes(floor, "terminate").Order().Where(n => n < 4));
    }

    [Fact]
    public void A_machine_that_does_not_come_is_waited_for_15_minutes_then_the_others_go_on()
    {
        Floor floor = new(4, [new(4)], spares: 2, zones: 2);
        Upgrade(floor, surge: 2);
        floor.At(9000, () => floor.Machines.SetZone(1, false));
        floor.At(15_000, () => floor.Machines.SetZone(1, true));
        floor.Play(19_000);
        string[] gone = [.. floor.Of("terminate")];
        // 10000 + 15 min; the zone's return gives the rest.
        Assert.StartsWith("1090", gone[0]);
        Assert.Equal(4, gone.Length);
        Assert.Equal(4, floor.Machines.CountReady());
        Assert.Equal(4, Enumerable.Range(0, 6).Count(floor.Machines.Exists));
    }

    [Fact]
    public void A_node_that_is_not_ready_is_terminated_after_the_time_out()
    {
        Floor floor = new(2, [new(2)], spares: 1, initially: pod => pod);
        Upgrade(floor, surge: 1);
        floor.At(9900, () => floor.Machines.Set(0, false));
        floor.Play(19_000);
        Assert.Equal("11000 terminate 0", floor.Of("terminate").First());
        Assert.Equal(1, floor.CountOf("drain-timeouts"));
        Assert.Equal(2, floor.CountOf("upgrades.nodes"));
        Assert.Equal(2, floor.Machines.CountReady());
    }

    [Fact]
    public void A_new_node_is_waited_for_until_it_is_initialized()
    {
        Floor floor = new(1, [new(1)], spares: 1);
        floor.Machines.NeedsInitialization = true;
        Upgrade(floor, surge: 1);
        floor.At(10_234, () => floor.Nodes.Mark(1, NodeMarks.Uninitialized, false));
        floor.Play(11_000);
        Assert.Equal("10240 evict w-0/1", floor.Happened);
    }

    [Fact]
    public void Without_a_free_place_nothing_is_touched()
    {
        Floor floor = new(3, [new(3)]);
        Upgrade(floor, surge: 2);
        floor.Play(15_000);
        Assert.Equal("", floor.Happened);
        Assert.Empty(floor.Machines.Told);
    }

    [Fact]
    public void A_quiet_pool_costs_nothing()
    {
        Floor floor = new(3, [new(3)]);
        Upgrade(floor, surge: 2, window: new DutyRoster([]));
        floor.Play(35_000);
        Assert.Equal(3, floor.Simulation.Events);
    }

    /// <summary>Old and new machines die, come back and are replaced, and both APIs come and go: campaigns end, and leave the pool as large as it was.</summary>
    [Fact]
    public void Campaigns_end_whatever_befalls_the_pool()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Random random = new(seed);
            Floor floor = new(
                12, [.. Enumerable.Range(0, 5).Select(_ => new Sort(6, random.Next(6)))], spares: 4, zones: 3, boot: (90, 240), randomGrace: true,
                grace: 30);
            Notes notes = new(floor);
            Upgrade(floor, surge: 1 + random.Next(4), every: 20_000).OnStep(notes);
            floor.Repeatedly(50.123, luck =>
            {
                int node = (int)(luck.NextUniform() * 16);
                if (floor.Nodes.Is(node, NodeMarks.Registered) && floor.Simulation.Now.Seconds < 40_000)
                {
                    if (luck.NextUniform() < 0.3)
                    {
                        floor.Machines.Replace(node);
                    }
                    else
                    {
                        floor.Machines.Set(node, !floor.Machines.Runs(node));
                    }
                }
                return 300 * luck.NextExponential();
            });
            floor.Repeatedly(100.1, luck =>
            {
                floor.Simulation.Drive(floor.Control.CloudApi, !floor.Simulation.Signals[floor.Control.CloudApi]);
                return 600 * luck.NextExponential();
            });
            floor.Repeatedly(200.1, luck =>
            {
                bool isOut = !floor.Simulation.Signals[floor.Control.Api];
                floor.Simulation.Drive(floor.Control.Api, isOut);
                return (isOut ? 1500 : 60) * luck.NextExponential();
            });
            for (int replication = 0; replication < 4; replication++)
            {
                notes.Clear();
                floor.Play(79_000, replication);
                Assert.InRange(notes.Campaigns, 2, 3);
                Assert.Equal(12, Enumerable.Range(0, 16).Count(floor.Machines.Exists));
                Assert.All(Enumerable.Range(0, 16), node => Assert.False(floor.Drains.IsTaken(node)));
            }
        }
    }

    internal static NodeUpgrades Upgrade(Floor floor, int surge, double every = 10_000, DutyRoster? window = null)
    {
        NodeUpgrades upgrades = new(
            floor.Builder,
            new UpgradeOptions(
                "node-upgrade", SimDuration.FromSeconds(every), window ?? DutyRoster.Always, surge,
                new DrainOptions(SimDuration.FromSeconds(900))),
            [.. Enumerable.Range(0, floor.Set.Count)], floor.Nodes, floor.Machines, floor.Machines, floor.Drains, floor.Control);
        floor.Machines.Watchers.Add(upgrades);
        return upgrades;
    }

    private static IEnumerable<int> Nodes(Floor floor, string what) =>
        floor.Machines.Told.Where(t => t.What.StartsWith(what, StringComparison.Ordinal)).Select(t => int.Parse(t.What.Split(' ')[1], null));

    private static int ReadyIn(Floor floor, int zone) => Enumerable.Range(0, floor.Set.Count)
        .Count(n => floor.Set.Options[n].Zone == zone && floor.Nodes.IsSchedulable(n));

    private static DutyRoster Window(params (double From, double To)[] spells) =>
        new(spells.Select(s => (SimTime.Zero + SimDuration.FromSeconds(s.From), SimTime.Zero + SimDuration.FromSeconds(s.To))));

    private sealed class Notes(Floor floor) : IStepListener
    {
        private readonly HashSet<int> _worked = [];

        public int Steps { get; private set; }

        public int Campaigns { get; private set; }

        public void Clear()
        {
            Steps = 0;
            Campaigns = 0;
            _worked.Clear();
        }

        public void StepDone(int machine)
        {
            Steps++;
            Assert.True(_worked.Add(machine));
            Assert.InRange(machine, 0, floor.Set.Count - 1);
        }

        public void CampaignDone()
        {
            Campaigns++;
            _worked.Clear();
        }
    }
}
