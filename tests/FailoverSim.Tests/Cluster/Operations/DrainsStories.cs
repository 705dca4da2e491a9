using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Operations;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

public class DrainsStories
{
    public static TheoryData<Fidelity> Fidelities => [Fidelity.Elided, Fidelity.Exhaustive];

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void Who_is_refused_is_asked_again_every_5_s_and_looked_for_every_second(Fidelity fidelity)
    {
        Floor floor = new(2, [new(2, MinHealthy: 1), new(2, MinHealthy: 1)], initially: pod => pod % 2, fidelity: fidelity);
        // On node 1, where nobody drains, a pod is not ready until 7.3 s after the drain has begun.
        floor.At(50, () => floor.Pods.SetReady(1, false));
        floor.At(107.3, () => floor.Pods.SetReady(1, true));
        Begin(floor, 100, 0);
        floor.Play(500);
        Assert.Equal("100 evict w-1/1, 110 evict w-0/1", floor.Happened);
        // 3.5 s of grace from 110 on; kubectl looks at whole seconds.
        Assert.Equal("114 n-0", floor.Drained);
        Assert.True(floor.Nodes.Is(0, NodeMarks.Cordoned));
        Assert.True(floor.Drains.IsTaken(0));
    }

    [Fact]
    public void An_empty_node_is_drained_at_once()
    {
        Floor floor = new(2, [new(1)], initially: _ => 1);
        Begin(floor, 100, 0);
        floor.Play(500);
        Assert.Equal("100 n-0", floor.Drained);
    }

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void Nothing_is_written_while_the_API_is_out(Fidelity fidelity)
    {
        Floor floor = new(2, [new(1), new(2, MinHealthy: 1)], initially: pod => pod == 2 ? 1 : 0, fidelity: fidelity);
        floor.At(50, () => floor.Pods.SetReady(2, false));
        floor.At(103, () => floor.Pods.SetReady(2, true));
        floor.Out(floor.Control.Api, 102, 123);
        floor.Out(floor.Control.Api, 190, 211);
        Begin(floor, 100, 0);
        Begin(floor, 200, 1);
        floor.At(210.5, () => Assert.False(floor.Nodes.Is(1, NodeMarks.Cordoned)));
        floor.At(214.5, () => Assert.False(floor.Nodes.Is(1, NodeMarks.Cordoned)));
        floor.At(215.5, () => Assert.True(floor.Nodes.Is(1, NodeMarks.Cordoned)));
        floor.Play(500);
        Assert.Equal("129 n-0", floor.Drained.Split(',')[0]);
        Assert.Equal("100 evict w-0/1, 125 evict w-1/1", string.Join(',', floor.Happened.Split(',')[..2]));
    }

    [Fact]
    public void A_pod_that_ends_while_the_API_is_out_is_missed_when_it_is_back()
    {
        Floor floor = new(1, [new(1)]);
        floor.Out(floor.Control.Api, 102, 160.2);
        Begin(floor, 100, 0);
        floor.Play(500);
        Assert.Equal("161 n-0", floor.Drained);
    }

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void What_is_left_at_the_time_out_is_deleted_whatever_its_budget_says(Fidelity fidelity)
    {
        Floor floor = new(2, [new(1, MinHealthy: 1), new(1)], initially: _ => 0, fidelity: fidelity);
        Begin(floor, 100, 0, new DrainOptions(SimDuration.FromSeconds(62)));
        floor.Play(500);
        Assert.Equal("100 evict w-1/1, 162 delete w-0/1", floor.Happened);
        Assert.Equal("166 n-0", floor.Drained);
        Assert.Equal(1, floor.CountOf("drain-timeouts"));
        Assert.Equal(0, floor.CountOf("drains-blocked"));
    }

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void A_time_out_waits_for_the_API(Fidelity fidelity)
    {
        Floor floor = new(2, [new(1, MinHealthy: 1)], initially: _ => 0, fidelity: fidelity);
        floor.Out(floor.Control.Api, 150, 201);
        Begin(floor, 100, 0, new DrainOptions(SimDuration.FromSeconds(62)));
        floor.Play(500);
        Assert.Equal("205 delete w-0/1", floor.Happened);
        Assert.Equal(1, floor.CountOf("drain-timeouts"));
    }

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void After_the_time_out_nobody_waits_for_a_kubelet_that_says_nothing(Fidelity fidelity)
    {
        Floor floor = new(3, [new(1), new(1)], initially: pod => pod, fidelity: fidelity, grace: 40);
        floor.At(90, () => floor.Machines.Set(0, false));
        floor.At(167.5, () => floor.Machines.Set(1, false));
        Begin(floor, 100, 0, new DrainOptions(SimDuration.FromSeconds(62)));
        Begin(floor, 130, 1, new DrainOptions(SimDuration.FromSeconds(35)));
        floor.Play(500);
        // Not ready all the time; then one that is, but not any more when its pods ought to be gone.
        Assert.Equal("162 n-0, 168 n-1", floor.Drained);
        Assert.Equal(2, floor.CountOf("drain-timeouts"));
    }

    [Fact]
    public void Without_a_time_out_a_node_that_is_not_ready_is_waited_for()
    {
        Floor floor = new(2, [new(1)], initially: _ => 0);
        floor.At(90, () => floor.Machines.Set(0, false));
        floor.At(5000, () => floor.Machines.Set(0, true));
        Begin(floor, 100, 0);
        floor.Play(6000);
        Assert.InRange(floor.DrainedAt.Single().At, 5000, 5003);
    }

    [Theory]
    [MemberData(nameof(Fidelities))]
    public void A_drain_that_no_budget_lets_through_is_counted_once(Fidelity fidelity)
    {
        Floor floor = new(2, [new(2, MinHealthy: 2)], initially: _ => 0, fidelity: fidelity);
        Begin(floor, 100, 0);
        floor.Play(100 + 3599.5);
        Assert.Equal(0, floor.CountOf("drains-blocked"));
        floor.Play(20_000);
        Assert.Equal(1, floor.CountOf("drains-blocked"));
        Assert.Equal("", floor.Drained);
        Assert.Equal("", floor.Happened);
        if (fidelity == Fidelity.Elided)
        {
            // The operator, the first try and the end of the hour.
            Assert.Equal(3, floor.Simulation.Events);
        }
    }

    [Fact]
    public void A_drain_that_gets_on_is_slow_but_not_blocked()
    {
        // Four workloads, each with a pod on either node; those elsewhere get ready one after the other.
        Floor floor = new(2, [.. Enumerable.Repeat(new Sort(2, MinHealthy: 1), 4)], initially: pod => pod % 2);
        for (int workload = 0; workload < 4; workload++)
        {
            int pod = floor.Workloads.FirstPod[workload] + 1;
            floor.At(50, () => floor.Pods.SetReady(pod, false));
            floor.At(3000 * (workload + 1), () => floor.Pods.SetReady(pod, true));
        }
        Begin(floor, 100, 0);
        floor.Play(30_000);
        // At 12000 it has just been refused once more.
        Assert.Equal("12009 n-0", floor.Drained);
        Assert.Equal(0, floor.CountOf("drains-blocked"));
    }

    [Fact]
    public void Without_respect_for_budgets_all_pods_are_deleted_at_once()
    {
        Floor floor = new(2, [new(1, MinHealthy: 1), new(1)], initially: _ => 0);
        Begin(floor, 100, 0, new DrainOptions(RespectsBudgets: false));
        floor.Play(500);
        Assert.Equal("100 delete w-1/1, 100 delete w-0/1", floor.Happened);
        Assert.Equal("104 n-0", floor.Drained);
    }

    [Fact]
    public void A_node_that_is_deleted_is_free_again_and_nobody_is_told()
    {
        Floor floor = new(2, [new(1, MinHealthy: 1)], initially: _ => 0);
        Begin(floor, 100, 0);
        floor.At(200, () => floor.Machines.Replace(0));
        floor.Play(500);
        Assert.Equal("", floor.Drained);
        Assert.False(floor.Drains.IsTaken(0));
        Assert.True(floor.Nodes.IsSchedulable(0));
    }

    [Fact]
    public void A_node_is_uncordoned_as_soon_as_the_API_takes_it()
    {
        Floor floor = new(3, [new(1, MinHealthy: 1)], initially: _ => 0);
        floor.Out(floor.Control.Api, 200, 300);
        Begin(floor, 100, 0);
        Begin(floor, 100, 1);
        Begin(floor, 100, 2);
        floor.At(150, () => floor.Drains.Uncordon(1));
        floor.At(250, () => floor.Drains.Uncordon(0));
        floor.At(250, () => floor.Drains.Uncordon(2));
        floor.At(151, () => Assert.True(floor.Nodes.IsSchedulable(1)));
        floor.At(299, () => Assert.False(floor.Nodes.IsSchedulable(0) || floor.Nodes.IsSchedulable(2) || !floor.Drains.IsTaken(0)));
        floor.Play(500);
        Assert.True(floor.Nodes.IsSchedulable(0));
        Assert.True(floor.Nodes.IsSchedulable(2));
        Assert.False(floor.Drains.IsTaken(0));
        Assert.Equal("100 n-1, 100 n-2", floor.Drained);
    }

    [Fact]
    public void What_a_drain_does_is_charged_to_whoever_began_it()
    {
        Floor floor = new(2, [new(2, MinHealthy: 1), new(1)], initially: pod => pod % 2);
        int kind = floor.Builder.Cause("upgrade");
        int by = floor.Drains.For(new DrainOptions(), floor);
        floor.At(50, () => floor.Pods.SetReady(1, false));
        floor.At(107.3, () =>
        {
            floor.Simulation.Raise(floor.Builder.Cause("other"));
            floor.Pods.SetReady(1, true);
        });
        floor.At(100, () =>
        {
            floor.Simulation.Raise(kind);
            floor.Drains.Begin(0, by);
        });
        floor.Play(500);
        Assert.Equal(2, floor.Pods.Told.Count);
        Assert.Equal([kind], floor.Pods.CauseKinds);
    }

    /// <summary>Many nodes drained at once and one after the other, among nodes and pods that fail and an API that comes and goes.</summary>
    [Fact]
    public void Budgets_hold_against_drains_and_elided_tries_change_nothing()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Floor elided = Random(seed, Fidelity.Elided);
            Floor exhaustive = Random(seed, Fidelity.Exhaustive);
            for (int replication = 0; replication < 3; replication++)
            {
                elided.Play(20_000, replication);
                exhaustive.Play(20_000, replication);
                Assert.Equal(exhaustive.Pods.Told, elided.Pods.Told);
                Assert.Equal(exhaustive.DrainedAt, elided.DrainedAt);
                Assert.True(elided.DrainedAt.Count > 20, $"{elided.DrainedAt.Count}");
                Assert.Equal(exhaustive.CountOf("drains-blocked"), elided.CountOf("drains-blocked"));
                Assert.True(elided.Simulation.Events < exhaustive.Simulation.Events);
            }
            Assert.Equal(0, elided.Pods.Deletions);
        }
    }

    private static Floor Random(int seed, Fidelity fidelity)
    {
        Random random = new(seed);
        Sort[] sorts = [.. Enumerable.Range(0, 8).Select(_ => 1 + random.Next(6)).Select(
            replicas => new Sort(replicas, random.Next(replicas + (random.Next(8) == 0 ? 1 : 0))))];
        Floor floor = new(9, sorts, zones: 3, fidelity: fidelity, randomGrace: true, grace: 30);
        int by = floor.Drains.For(new DrainOptions(), floor);
        floor.Repeatedly(100.25, luck =>
        {
            int node = (int)(luck.NextUniform() * 9);
            if (!floor.Drains.IsTaken(node))
            {
                floor.Drains.Begin(node, by);
            }
            else if (luck.NextUniform() < 0.7)
            {
                floor.Drains.Uncordon(node);
            }
            return 100 * luck.NextExponential();
        });
        floor.Repeatedly(50.123, luck =>
        {
            for (int node = 0; node < 9; node++)
            {
                if (!floor.Machines.Runs(node))
                {
                    floor.Machines.Set(node, true);
                    return 900 * luck.NextExponential();
                }
            }
            floor.Machines.Set((int)(luck.NextUniform() * 9), false);
            return 200 * luck.NextExponential();
        });
        floor.Repeatedly(1000.4, luck =>
        {
            bool isOut = !floor.Simulation.Signals[floor.Control.Api];
            floor.Simulation.Drive(floor.Control.Api, isOut);
            return (isOut ? 1500 : 60) * luck.NextExponential();
        });
        return floor;
    }

    private static void Begin(Floor floor, double at, int node, DrainOptions? options = null)
    {
        int by = floor.Drains.For(options ?? new DrainOptions(), floor);
        floor.At(at, () => floor.Drains.Begin(node, by));
    }
}
