using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Operations;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

public class DeschedulerStories
{
    private const double Every = 300;

    [Fact]
    public void It_moves_pods_until_the_zones_are_even_and_then_is_quiet()
    {
        // Nodes 0, 3 in a; 1, 4 in b; 2, 5 in c. All pods start in a and b.
        Floor floor = new(6, [new(12, MinHealthy: 10, MaxSkew: 1), new(7, MinHealthy: 6, MaxSkew: 2)], zones: 3, initially: pod => pod % 2);
        Deschedule(floor);
        floor.Play(20_000);
        Assert.Equal([4, 4, 4], Zones(floor, 0));
        Assert.InRange(Zones(floor, 1).Max() - Zones(floor, 1).Min(), 0, 2);
        // Just as many as it takes, two of the first at a time and one of the second, as their budgets say.
        Assert.Equal(4, floor.Pods.Told.Count(t => t.What.Contains("w-0", StringComparison.Ordinal)));
        Assert.All(floor.Pods.Told.GroupBy(t => t.At), pass => Assert.InRange(pass.Count(), 1, 3));
        Assert.Equal(floor.Pods.Told.Count, floor.CountOf("descheduler.moves"));
        Assert.Equal([floor.Builder.Cause("descheduler")], floor.Pods.CauseKinds);
        long events = floor.Simulation.Events;
        floor.Play(2_000_000);
        Assert.Equal(events, floor.Simulation.Events);
    }

    [Fact]
    public void Its_passes_keep_to_their_grid()
    {
        Floor floor = new(6, [new(12, MinHealthy: 11, MaxSkew: 1)], zones: 3, initially: _ => 0);
        Deschedule(floor);
        floor.Play(20_000);
        double[] passes = [.. floor.Pods.Told.Select(t => t.At).Distinct()];
        Assert.Equal(8, passes.Length);
        Assert.InRange(passes[0], 0, Every);
        for (int i = 1; i < passes.Length; i++)
        {
            Assert.Equal(Every, passes[i] - passes[i - 1], 6);
        }
    }

    [Fact]
    public void A_zone_that_returns_gets_its_pods_back()
    {
        Floor floor = new(6, [new(6, MaxSkew: 1)], zones: 3);
        Deschedule(floor);
        floor.At(1000, () => floor.Machines.Replace(2));
        floor.At(1000, () => floor.Machines.Replace(5));
        floor.Play(1080);
        // The new machines boot for 100 s; until then all is in a and b, and nothing can be done.
        Assert.Equal([3, 3, 0], Zones(floor, 0));
        floor.Play(3000);
        Assert.Equal([2, 2, 2], Zones(floor, 0));
    }

    [Fact]
    public void A_zone_whose_node_is_uncordoned_gets_its_pods_back()
    {
        Floor floor = new(2, [new(4, MaxSkew: 1)], zones: 2);
        Deschedule(floor);
        int by = floor.Drains.For(new DrainOptions(), floor);
        floor.At(1000, () => floor.Drains.Begin(1, by));
        floor.At(3000, () => floor.Drains.Uncordon(1));
        floor.Play(2999);
        Assert.Equal([4, 0], Zones(floor, 0));
        floor.Play(4000);
        Assert.Equal([2, 2], Zones(floor, 0));
    }

    [Fact]
    public void Without_room_in_the_empty_zone_nothing_moves_and_nothing_happens()
    {
        Floor floor = new(2, [new(4, MaxSkew: 1)], zones: 3, spares: 1, initially: pod => pod % 2);
        Deschedule(floor);
        floor.Play(1_000_000);
        Assert.Equal("", floor.Happened);
        Assert.Equal(1, floor.Simulation.Events);
    }

    [Fact]
    public void Pods_whose_volume_holds_them_and_workloads_that_do_not_ask_stay()
    {
        Floor floor = new(3, [new(4, MaxSkew: 1, IsBoundToZone: true), new(4)], zones: 3, initially: _ => 0);
        Deschedule(floor);
        floor.Play(10_000);
        Assert.Equal("", floor.Happened);
    }

    [Fact]
    public void It_waits_for_the_API_and_for_budgets()
    {
        Floor floor = new(3, [new(4, MinHealthy: 4, MaxSkew: 1), new(2, MaxSkew: 1)], zones: 3, initially: _ => 0);
        floor.Out(floor.Control.Api, 0.001, 5000);
        Deschedule(floor);
        floor.Play(10_000);
        Assert.Single(floor.Pods.Told);
        Assert.InRange(floor.Pods.Told[0].At, 5000, 5000 + Every);
        Assert.Equal("w-1", floor.Pods.Told[0].What.Split(' ')[1].Split('/')[0]);
    }

    [Fact]
    public void Passes_that_find_nothing_change_nothing()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Floor elided = Random(seed, Fidelity.Elided);
            Floor exhaustive = Random(seed, Fidelity.Exhaustive);
            elided.Play(50_000);
            exhaustive.Play(50_000);
            Assert.Equal(exhaustive.Pods.Told, elided.Pods.Told);
            Assert.NotEmpty(elided.Pods.Told);
            Assert.True(elided.Simulation.Events < exhaustive.Simulation.Events);
        }
    }

    private static Floor Random(int seed, Fidelity fidelity)
    {
        Random random = new(seed);
        Floor floor = new(
            9, [.. Enumerable.Range(0, 6).Select(_ => 2 + random.Next(8)).Select(n => new Sort(n, random.Next(n), 1 + random.Next(2)))],
            zones: 3, initially: pod => pod % 2, randomGrace: true, grace: 30);
        Deschedule(floor, fidelity);
        floor.Repeatedly(50.123, luck =>
        {
            floor.Machines.Replace((int)(luck.NextUniform() * 9));
            return 200 + (2000 * luck.NextExponential());
        });
        return floor;
    }

    private static void Deschedule(Floor floor, Fidelity fidelity = Fidelity.Elided)
    {
        Descheduler descheduler = new(
            floor.Builder, SimDuration.FromSeconds(Every), floor.Nodes, floor.Workloads, floor.Pods, floor.Pods, floor.Pods, floor.Control,
            fidelity);
        floor.Pods.BindingWatchers.Add(descheduler);
        floor.Pods.BudgetWatchers.Add(descheduler);
        floor.Pods.RoomWatchers.Add(descheduler);
    }

    private static int[] Zones(Floor floor, int workload) =>
        [.. Enumerable.Range(0, floor.Set.Zones.Length).Select(zone => floor.Pods.CountIn(workload, zone))];
}
