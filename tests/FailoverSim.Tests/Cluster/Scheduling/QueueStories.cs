using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;
using Xunit;
using static FailoverSim.Tests.Cluster.Scheduling.ScheduledCluster;

namespace FailoverSim.Tests.Cluster.Scheduling;

public class QueueStories
{
    private static readonly SchedulerOptions Instant = new() { Cycle = SimDuration.Zero };

    [Fact]
    public void Pods_are_bound_one_per_cycle_in_the_order_of_their_coming()
    {
        ScheduledCluster cluster = new(Nodes3(3), [Workload("w", 6)]);
        cluster.Enqueue(1, 4, 2, 5);
        cluster.Enqueue(1.007, 0);
        cluster.Enqueue(2, 1);
        cluster.Run(3);
        Assert.Equal([4, 2, 5, 0, 1], cluster.Bound.Select(b => b.Pod));
        Assert.Equal([1.005, 1.010, 1.015, 1.020, 2.005], cluster.Bound.Select(b => Math.Round(b.At, 9)));
    }

    [Fact]
    public void A_pod_that_is_withdrawn_is_not_bound()
    {
        ScheduledCluster cluster = new(Nodes3(3), [Workload("w", 3)]);
        cluster.Enqueue(1, 0, 1, 2);
        cluster.At(1.001, () => cluster.Scheduler.Withdraw(1));
        cluster.At(1.002, () => cluster.Scheduler.Withdraw(1));
        cluster.Run(2);
        Assert.Equal([0, 2], cluster.Bound.Select(b => b.Pod));
    }

    [Fact]
    public void Backoff_doubles_from_1_s_to_10_s()
    {
        // Whenever the only place becomes free, somebody else takes it before the pod's back-off is over.
        ScheduledCluster cluster = new([Node(0, 0, maxPods: 1)], [Workload("thief", 8), Workload("patient", 1)], Instant);
        double[] fails = [10, 11, 13, 17, 25, 35, 45];
        cluster.Enqueue(1, 0);
        cluster.Enqueue(10, 8);
        for (int i = 0; i < 6; i++)
        {
            int thief = i;
            cluster.At(fails[i] + 0.25, () =>
            {
                cluster.Delete(thief);
                cluster.Scheduler.Enqueue(thief + 1);
            });
        }
        cluster.At(46, () => cluster.Delete(6));
        cluster.Run(100);
        Assert.Equal(fails, cluster.Cycles.Where(c => !cluster.Bound.Exists(b => b.At == c)));
        Assert.Equal(55, cluster.BoundAt(8));
        Assert.Equal(1, cluster.Simulation.CountOf(cluster.Lab.Builder.Counter("scheduler.unschedulable")));
    }

    [Fact]
    public void The_backoff_loop_looks_once_a_second()
    {
        ScheduledCluster cluster = new([Node(0, 0, maxPods: 1)], [Workload("first", 1), Workload("second", 1)]);
        cluster.Enqueue(1, 0);
        cluster.Enqueue(10.3, 1);
        cluster.At(10.4, () => cluster.Delete(0));
        cluster.Run(20);
        Assert.Equal(12.005, cluster.BoundAt(1), 9);
    }

    [Fact]
    public void Room_is_offered_at_once_to_a_pod_whose_backoff_is_over()
    {
        ScheduledCluster cluster = new([Node(0, 0, maxPods: 1)], [Workload("first", 1), Workload("second", 1)]);
        cluster.Enqueue(1, 0, 1);
        cluster.At(100.4, () => cluster.Delete(0));
        cluster.Run(200);
        Assert.Equal(100.405, cluster.BoundAt(1), 9);
        Assert.Equal(3, cluster.Cycles.Count);
    }

    [Fact]
    public void What_nobody_tells_is_found_after_five_minutes()
    {
        // The volume turns out to be in zone b after all.
        VolumeOptions volume = new(BoundToZone: true, SimDuration.FromSeconds(360), new Constant(1));
        ScheduledCluster cluster = new([Node(0, 0, cpu: 1), Node(1, 1)], [Workload("w", 1, cpu: 2) with { Volume = volume }]);
        cluster.Zones[0] = 0;
        cluster.Enqueue(9.995, 0);
        cluster.At(20, () => cluster.Zones[0] = 1);
        cluster.Run(1000);
        // It failed at 10 s; the loop of 30 s looks for those that have waited for more than 300 s.
        Assert.Equal(330.005, cluster.BoundAt(0), 9);
    }

    [Fact]
    public void Attempts_in_vain_keep_others_waiting_and_are_no_events()
    {
        ScheduledCluster cluster = new(Nodes3(3), [Workload("huge", 1000, cpu: 11), Workload("small", 1)]);
        cluster.Enqueue(1, [.. Enumerable.Range(0, 1000)]);
        cluster.Enqueue(330.1, 1000);
        cluster.Run(600);
        Assert.Equal(330 + 5 + 0.005, cluster.BoundAt(1000), 9);
        Assert.Equal(1001, cluster.Cycles.Count);
        Assert.Equal(1000, cluster.Simulation.CountOf(cluster.Lab.Builder.Counter("scheduler.unschedulable")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_happens_without_a_scheduler_that_acts(bool leaderIsLost)
    {
        ScheduledCluster cluster = new(Nodes3(3, cpu: 2), [Workload("w", 3), Workload("large", 1, cpu: 3)]);
        cluster.Enqueue(1, 0, 3);
        cluster.Enqueue(9.999, 1);
        cluster.Drive(10, leaderIsLost ? cluster.Leads : cluster.Api, false);
        cluster.Enqueue(20, 2);
        cluster.Drive(1000, leaderIsLost ? cluster.Leads : cluster.Api, true);
        cluster.Run(999);
        Assert.Equal([0], cluster.Bound.Select(b => b.Pod));
        Assert.Equal(2, cluster.Cycles.Count);
        cluster.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(2000));
        Assert.Equal([1000.005, 1000.010], cluster.Bound.Skip(1).Select(b => Math.Round(b.At, 9)));
        Assert.Equal([1, 2], cluster.Bound.Skip(1).Select(b => b.Pod));
        // The one that does not fit has been tried once more by the new leader.
        Assert.Equal(5, cluster.Cycles.Count);
    }

    [Fact]
    public void A_new_leader_knows_of_no_backoff()
    {
        ScheduledCluster cluster = new([Node(0, 0, maxPods: 1)], [Workload("first", 1), Workload("second", 1)]);
        cluster.Enqueue(1, 0, 1);
        cluster.At(1.05, () => cluster.Delete(0));
        cluster.Drive(1.1, cluster.Leads, false);
        cluster.Drive(1.2, cluster.Leads, true);
        cluster.Run(10);
        Assert.Equal(1.205, cluster.BoundAt(1), 9);
    }

    [Fact]
    public void What_follows_from_binding_is_charged_to_what_made_the_pod_wait()
    {
        ScheduledCluster cluster = new([Node(0, 0, maxPods: 1)], [Workload("first", 1), Workload("second", 1)]);
        int crash = cluster.Lab.Builder.Cause("node-crash");
        int other = cluster.Lab.Builder.Cause("other");
        List<int> charged = [];
        cluster.OnBind = (_, _) => charged.Add(cluster.Simulation.Cause.Kind);
        cluster.Enqueue(1, 0);
        cluster.Lab.At(2, s =>
        {
            s.Raise(crash);
            cluster.Scheduler.Enqueue(1);
            Assert.Equal(crash, s.Cause.Kind);
        });
        cluster.Lab.At(50, s =>
        {
            s.Raise(other);
            cluster.Delete(0);
            Assert.Equal(other, s.Cause.Kind);
        });
        cluster.Run(100);
        Assert.Equal([0, crash], charged);
    }
}
