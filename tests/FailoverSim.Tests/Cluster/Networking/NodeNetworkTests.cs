using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Networking;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

public class NodeNetworkTests
{
    /// <summary>Whatever is broken, the share is that of going through all pairs of nodes.</summary>
    [Theory]
    [InlineData(7, 3, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 3)]
    public void Share_is_that_of_all_pairs(int nodes, int zones, ulong seed)
    {
        NetworkBench bench = new(nodes, zones);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        NodeNetwork network = new(bench.Lab.Builder, bench.Nodes, bench.Network, set, [.. bench.Agents], bench.Stages);
        bench.Lab.Builder.Service("share", network.Share, []);
        bench.Lab.Builder.Service("announced", network.Announced, []);
        Int128 lacking = 0;
        Int128 unannounced = 0;
        List<Signal> victims = [.. bench.Nodes.Zones.SelectMany(a => bench.Nodes.Zones.Select(b => bench.Network.Way(a, b)))];
        victims.AddRange(bench.Agents.SelectMany(a => new[]
        {
            a.Alive, a.Machine.Network, a.Machine.Powered, bench.NotHung(a.Machine),
        }));
        bench.Lab.Repeatedly(0, (simulation, draws) =>
        {
            Signal victim = victims[draws.NextIndex(victims.Count)];
            simulation.Drive(victim, !simulation.Signals[victim]);
            return 100;
        });
        bench.Lab.Repeatedly(0.5, (simulation, _) =>
        {
            lacking += Level.Whole - ByPairs(bench, set, simulation.Signals);
            unannounced += Level.Whole - OfAnnounced(bench, set, simulation.Signals);
            return 1;
        });
        ServiceRow[] rows = bench.Lab.Builder.Build(seed).Run(0, SimDuration.Zero, SimDuration.FromSeconds(20_000));
        // Routes come and go between the samples, a second apart.
        Assert.Equal((double)lacking / Level.Whole, rows[0].DownNanoseconds * 1e-9, 100.0);
        Assert.Equal((double)unannounced / Level.Whole, rows[1].DownNanoseconds * 1e-9, 100.0);
        Assert.InRange(rows[0].DownNanoseconds * 1e-9, 2000, 19_900);
    }

    [Fact]
    public void Dead_machines_are_not_held_against_the_network()
    {
        NetworkBench bench = new(6, 3);
        NodeNetwork network = new(bench.Lab.Builder, bench.Nodes, bench.Network, null, null, bench.Stages);
        bench.Lab.Builder.Service("share", network.Share, []);
        foreach (MachineSignals machine in bench.Lab.Machines.Where(m => m.Zone == "a"))
        {
            bench.Lab.At(10, simulation => simulation.Drive(machine.Powered, false));
        }
        Assert.Equal(0, bench.Lab.Builder.Build(1).Run(0, SimDuration.Zero, SimDuration.FromSeconds(100))[0].DownNanoseconds);
    }

    /// <summary>A zone cut off for 10 min: a loss while it lasts; then a failover, until the sessions are back.</summary>
    [Fact]
    public void A_network_that_is_whole_again_waits_for_its_routes()
    {
        NetworkBench bench = new(4, 2);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        NodeNetwork network = new(bench.Lab.Builder, bench.Nodes, bench.Network, set, null, bench.Stages);
        NetworkService service = network.Above("node-network", 0.9);
        bench.Lab.Builder.Service("node-network", service.Up, service.Support, []);
        bench.Lab.Builder.Service("share", network.Share, []);
        bench.Lab.At(1000, simulation => simulation.Drive(bench.Network.Way("b", "a"), false));
        bench.Lab.At(1600, simulation => simulation.Drive(bench.Network.Way("b", "a"), true));
        Simulation simulation = bench.Lab.Builder.Build(1);
        ServiceRow[] rows = simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(5000));
        Outage outage = Assert.Single(rows[0].Outages);
        Assert.Equal(1000_000_000_000, outage.Start);
        Assert.InRange(outage.Duration * 1e-9, 600.001, 605);
        Assert.True(outage.IsLoss);
        Assert.Equal(outage.Duration - 600_000_000_000, rows[0].FailoverNanoseconds);
        // Eight of the twelve ordered pairs are of different zones.
        Assert.Equal(outage.Duration * 8 / 12.0, rows[1].DownNanoseconds, 1e6);
    }

    /// <summary>Above 0 the network is up while any two nodes can talk.</summary>
    [Fact]
    public void Without_a_limit_one_pair_is_enough()
    {
        NetworkBench bench = new(3);
        NodeNetwork network = new(bench.Lab.Builder, bench.Nodes, bench.Network, null, null, bench.Stages);
        NetworkService service = network.Above("node-network", null);
        for (int i = 0; i < 3; i++)
        {
            Signal own = bench.Lab.Machines[i].Network;
            bench.Lab.At(10 * (i + 1), simulation => simulation.Drive(own, false));
        }
        SignalLog log = bench.Run(100, 0, 1, service.Up);
        Assert.Equal([(20_000_000_000, service.Up, false)], log.Changes);
    }

    /// <summary>A node dies: until the hold time is over, its share of the requests to an address that all announce is lost.</summary>
    [Fact]
    public void Dead_nodes_are_blackholes_until_their_routes_are_withdrawn()
    {
        NetworkBench bench = new(4);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp with { Jitter = 0 });
        NodeNetwork network = new(bench.Lab.Builder, bench.Nodes, bench.Network, set, null, bench.Stages);
        bench.Lab.Builder.Service("announced", network.Announced, []);
        bench.Lab.At(1000, simulation => simulation.Drive(bench.Lab.Machines[2].Powered, false));
        Simulation simulation = bench.Lab.Builder.Build(1);
        ServiceRow row = simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(5000))[0];
        Assert.InRange(row.DownNanoseconds * 4e-9, 160, 240);
    }

    private static int ByPairs(NetworkBench bench, RouteSet set, SignalGraph signals)
    {
        long all = 0;
        long reached = 0;
        int[] up = [.. Enumerable.Range(0, bench.Nodes.Count).Where(n => signals[bench.Lab.Machines[n].Up])];
        foreach (int a in up)
        {
            foreach (int b in up.Where(b => b != a || up.Length == 1))
            {
                (int low, int high) = (Math.Min(Zone(bench, a), Zone(bench, b)), Math.Max(Zone(bench, a), Zone(bench, b)));
                (string from, string to) = (bench.Nodes.Zones[low], bench.Nodes.Zones[high]);
                bool works = signals[bench.Lab.Machines[a].Network] && signals[bench.Lab.Machines[b].Network]
                    && signals[set.Routed[a]] && signals[set.Routed[b]]
                    && (a == b || (signals[bench.Network.Way(from, to)] && signals[bench.Network.Way(to, from)]
                        && signals[set.ZonesRouted[set.ZonePairs.IndexOf((low, high))]]));
                all++;
                reached += works ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (int)(((2 * Level.Whole * reached) + all) / (2 * all));
    }

    private static int OfAnnounced(NetworkBench bench, RouteSet set, SignalGraph signals)
    {
        int[] announced = [.. Enumerable.Range(0, bench.Nodes.Count).Where(n => signals[set.Routed[n]])];
        int there = announced.Count(n => signals[bench.Lab.Machines[n].Up] && signals[bench.Lab.Machines[n].Network]);
        return announced.Length == 0 ? 0 : (int)(((2L * Level.Whole * there) + announced.Length) / (2 * announced.Length));
    }

    private static int Zone(NetworkBench bench, int node) => bench.Nodes.Options[node].Zone;
}
