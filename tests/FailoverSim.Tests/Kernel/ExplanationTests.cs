using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>Why each outage happened, to the nanosecond. The service needs one of two members; its support is that both kinds of power hold.</summary>
public class ExplanationTests
{
    private const int Disk = 1, Power = 2, Network = 3;
    private const int Detect = 1, Repair = 2;

    [Fact]
    public void Last_fault_before_the_outage_is_its_root_and_those_that_were_there_let_it_through()
    {
        ServiceRow row = Run((a, b, _) =>
        [
            (10, s => s.Fall(b, Disk, Repair)), (40, s => s.Fall(a, Power, Detect)), (44, s => s.Stage(a, Repair)), (51, s => s.Rise(a)),
            (60, s => s.Rise(b)),
        ]);
        Assert.Equal([new Outage(40, 11, Disk, Repair, false)], row.Outages);
        // Eleven in halves: the odd one goes to the older cause. Stages are those of what fell first, the disk.
        Assert.Equal([new(Disk, 6, CauseRole.Enabler), new(Power, 5, CauseRole.Root)], row.OutageCauses[0]);
        Assert.Equal([new StageShare(Repair, 11)], row.OutageStages[0]);
    }

    [Fact]
    public void Cause_that_joins_later_is_neither_root_nor_enabler()
    {
        ServiceRow row = Run((a, b, leader) =>
        [
            (10, s => s.Fall(leader, Disk, Detect)), (16, s => s.Fall(leader, Network, Repair)), (19, s => s.Rise(leader)),
        ]);
        Assert.Equal([new(Disk, 6, CauseRole.Root), new(Network, 3, CauseRole.Later)], row.OutageCauses[0]);
        Assert.Equal([new(Detect, 6), new(Repair, 3)], row.OutageStages[0]);
        Assert.Equal((0L, false), (row.LossCount, row.Outages[0].IsLoss));
    }

    [Fact]
    public void Two_faults_of_a_kind_make_it_root_and_enabler()
    {
        ServiceRow row = Run((a, b, _) =>
            [(10, s => s.Fall(a, Disk)), (20, s => s.Fall(b, Disk)), (25, s => s.Rise(b)), (26, s => s.Rise(a))]);
        Assert.Equal([new CauseShare(Disk, 5, CauseRole.Root | CauseRole.Enabler)], row.OutageCauses[0]);
    }

    [Fact]
    public void Cause_too_short_to_be_split_is_still_named()
    {
        ServiceRow row = Run((a, b, _) =>
            [(10, s => s.Fall(a, Disk)), (20, s => s.Fall(b, Power)), (21, s => s.Rise(b)), (30, s => s.Rise(a))]);
        Assert.Equal([new(Disk, 1, CauseRole.Enabler), new(Power, 0, CauseRole.Root)], row.OutageCauses[0]);
    }

    [Fact]
    public void Outage_without_a_fault_has_the_root_none()
    {
        ServiceRow row = Run((_, _, leader) => [(10, s => s.Fall(leader)), (12, s => s.Rise(leader))]);
        Assert.Equal([new CauseShare(0, 2, CauseRole.Root)], row.OutageCauses[0]);
    }

    [Fact]
    public void Losses_are_counted_and_their_stages_summed_apart()
    {
        // Open at the start and a loss, then a failover, then a loss that is open at the end.
        ServiceRow row = Run(
            (a, b, leader) =>
            [
                (5, s => s.Fall(a, Power, Repair)), (6, s => s.Fall(b, Power, Repair)), (30, s => s.Rise(b)), (31, s => s.Rise(a)),
                (40, s => s.Fall(leader, Disk, Detect)), (44, s => s.Rise(leader)),
                (90, s => s.Fall(a, Disk, Detect)), (95, s => s.Fall(b, Disk, Repair)),
            ],
            warmUp: 20, supportIsService: true);
        Assert.Equal((2L, 1L, 10 + 4 + 25L), (row.OutageCount, row.LossCount, row.DownNanoseconds));
        Assert.Equal([0, 4 + 25, 10], row.DownByStage);
        Assert.Equal([0, 25, 10], row.LossByStage);
        Assert.Equal([false, true], row.Outages.Select(o => o.IsLoss));
    }

    [Fact]
    public void Explanations_stop_at_the_cap_as_the_outages_do()
    {
        int outages = ServiceRow.OutageCap + 10;
        ServiceRow row = Run(
            (_, _, leader) =>
            [
                .. Enumerable.Range(0, outages).SelectMany(i => new (long, Action<Script>)[]
                {
                    (10 * i, s => s.Fall(leader, Disk, Detect)), ((10 * i) + 3, s => s.Rise(leader)),
                }),
            ],
            horizon: 10L * outages);
        Assert.Equal((ServiceRow.OutageCap, ServiceRow.OutageCap), (row.OutageCauses.Count, row.OutageStages.Count));
        Assert.Equal(3L * outages, row.DownNanoseconds);
    }

    private static ServiceRow Run(
        Func<Signal, Signal, Signal, (long At, Action<Script> Do)[]> steps, long warmUp = 0, long horizon = 100,
        bool supportIsService = false)
    {
        ModelBuilder builder = new();
        foreach (string cause in new[] { "none", "disk", "power", "network" })
        {
            builder.Cause(cause);
        }
        foreach (string stage in new[] { "none", "detect", "repair" })
        {
            builder.Stage(stage);
        }
        Signal a = builder.Condition("a"), b = builder.Condition("b"), leader = builder.Condition("leader");
        Signal members = builder.Gate("members", 1, a, b);
        Signal up = builder.Gate("up", 2, leader, members);
        builder.Service("s", up, supportIsService ? members : builder.Condition("support"), []);
        _ = new Script(builder, "script", steps(a, b, leader));
        Simulation simulation = builder.Build(1);
        // Twice, because a replication must not inherit from the one before it.
        simulation.Run(0, new SimDuration(warmUp), new SimDuration(horizon));
        ServiceRow row = simulation.Run(1, new SimDuration(warmUp), new SimDuration(horizon))[0];
        for (int i = 0; i < row.Outages.Count; i++)
        {
            Assert.Equal(row.Outages[i].Duration, row.OutageCauses[i].ToArray().Sum(share => share.Nanoseconds));
            Assert.Equal(row.Outages[i].Duration, row.OutageStages[i].ToArray().Sum(share => share.Nanoseconds));
            Assert.Single(row.OutageCauses[i].ToArray(), share => share.Role.HasFlag(CauseRole.Root));
        }
        return row;
    }
}
