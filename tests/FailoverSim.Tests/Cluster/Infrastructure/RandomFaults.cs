using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Operations;
using FailoverSim.Models.Repair;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Infrastructure;

public class RandomFaults
{
    private const double Quiet = 20_000;

    /// <summary>Faults of every kind strike everything in any order; when the last one has ended, all is up and nothing is due.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void When_all_has_ended_all_is_up(int seed)
    {
        (Bench bench, Processes etcd, Network network) = Chaos(seed, maintenance: false);
        bench.Play(Quiet);
        SignalGraph signals = bench.Simulation.Signals;
        for (int s = 0; s < signals.Count; s++)
        {
            Assert.True(signals[new Signal(s)], signals.NameOf(new Signal(s)));
        }
        Assert.All(Enumerable.Range(0, 3), slot => Assert.Equal(1, etcd.SlownessOf(slot)));
        Assert.All(Enumerable.Range(0, 9), way => Assert.Equal(0, network.Losses[way]));
        long events = bench.Simulation.Events;
        Assert.True(events > 300);
        bench.Simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(10 * Quiet));
        Assert.Equal(events, bench.Simulation.Events);
    }

    /// <summary>A copy of the state half way through goes on in the same way.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_copy_goes_on_alike(int seed)
    {
        Simulation original = Chaos(seed, maintenance: true).Bench.Builder.Build(7);
        Simulation copy = Chaos(seed, maintenance: true).Bench.Builder.Build(7);
        SimTime half = SimTime.Zero + SimDuration.FromSeconds(2500);
        original.Reset(1);
        original.RunUntil(half);
        copy.Reset(5);
        copy.CopyStateFrom(original);
        Assert.Equal(original.Encode(), copy.Encode());
        SimTime end = SimTime.Zero + SimDuration.FromSeconds(Quiet);
        original.RunUntil(end);
        copy.RunUntil(end);
        Assert.Equal(original.FingerprintValue, copy.FingerprintValue);
        Assert.Equal(original.Encode(), copy.Encode());
    }

    /// <summary>Without faults nothing happens at all.</summary>
    [Fact]
    public void Nothing_happens_by_itself()
    {
        Bench bench = new();
        bench.Run("etcd");
        bench.Run("scheduler");
        bench.Play(1e8);
        Assert.Equal(0, bench.Simulation.Events);
    }

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        Simulation simulation = Chaos(1, maintenance: true).Bench.Builder.Build(7);
        SimTime end = SimTime.Zero + SimDuration.FromSeconds(Quiet);
        long allocated = long.MaxValue;
        for (int replication = 0; replication < 20; replication++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.Reset(replication);
            simulation.RunUntil(end);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    private static (Bench Bench, Processes Etcd, Network Network) Chaos(int seed, bool maintenance)
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Processes scheduler = bench.Run("scheduler");
        Network network = new(bench.Builder, bench.Set.Signals, (_, _) => new Constant(0.001));
        ZoneLinks links = new(bench.Builder, network);
        _ = new Liveness(bench.Builder, etcd, [.. etcd.Set.Signals.Select(p => p.Runs)], new LivenessOptions(
            SimDuration.FromSeconds(10), SimDuration.FromSeconds(15), 8, SimDuration.FromSeconds(10), 24, SimDuration.FromSeconds(2)),
            Fidelity.Elided);
        if (maintenance)
        {
            _ = new Maintenance(
                bench.Builder,
                new MaintenanceOptions("upgrade", SimDuration.FromSeconds(700), DutyRoster.Always, new Constant(60)),
                bench.Machines, [0, 1, 2], [.. etcd.Set.Signals.Select(p => p.Runs)]);
        }
        Random random = new(seed);
        (IVictims Victims, Affliction[] What)[] kinds =
        [
            (bench.Domains, [Affliction.Down]),
            (links, [Affliction.Partition, Affliction.Lossy]),
            (bench.Machines,
                [Affliction.Down, Affliction.Hang, Affliction.Slow, Affliction.Stall, Affliction.Partition, Affliction.LostForGood, Affliction.DropsTraffic]),
            (etcd, [Affliction.Down, Affliction.Hang, Affliction.Slow, Affliction.Stall, Affliction.LostForGood, Affliction.DropsTraffic]),
            (scheduler, [Affliction.Down, Affliction.Hang]),
        ];
        for (int i = 0; i < 100; i++)
        {
            (IVictims victims, Affliction[] what) = kinds[random.Next(kinds.Length)];
            Affliction affliction = what[random.Next(what.Length)];
            double amount = affliction switch { Affliction.Slow => 2, Affliction.Lossy => 0.3, _ => 0 };
            bench.Fault(
                5000 * random.NextDouble(), 300 * random.NextDouble(), victims, random.Next(3), affliction,
                random.Next(2) == 0, amount);
            double at = 5000 * random.NextDouble();
            int slot = random.Next(3);
            bench.Lab.At(at, _ => scheduler.Exit(slot));
            if (i % 10 == 0)
            {
                bench.Lab.At(at + 10, _ => bench.Machines.StopCleanly(slot));
                bench.Lab.At(at + 100, s =>
                {
                    if (!s.Signals[bench.Set.InService[slot]])
                    {
                        bench.Machines.Return(slot);
                    }
                });
            }
        }
        return (bench, etcd, network);
    }
}
