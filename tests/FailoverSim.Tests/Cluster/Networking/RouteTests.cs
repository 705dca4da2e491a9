using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Networking;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>Calico's BGP: hold 240 s, keepalive 80 s, restart 120 s, connect delay 2 s, connect retry 5 s; and routes from Node objects.</summary>
public class RouteTests
{
    /// <summary>Hold time less the age of the last keepalive; BIRD shortens both by up to a quarter, and RFC 8538 adds the restart time.</summary>
    [Theory]
    [InlineData(0, false, 160, 240, Fidelity.Elided)]
    [InlineData(0, false, 160, 240, Fidelity.Exhaustive)]
    [InlineData(0, true, 280, 360, Fidelity.Elided)]
    [InlineData(0.25, false, 110, 240, Fidelity.Elided)]
    public void A_silent_node_is_forgotten_when_the_hold_time_is_over(
        double jitter, bool restarts, double earliest, double latest, Fidelity fidelity)
    {
        const int Nodes = 400;
        NetworkBench bench = new(Nodes);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp with { Jitter = jitter, RestartsAfterHold = restarts }, fidelity);
        foreach (MachineSignals machine in bench.Lab.Machines)
        {
            Switch(bench, 1000, machine.Powered, false);
        }
        SignalLog log = bench.Run(2000, 0, 1, [.. set.Routed]);
        double[] kept = [.. set.Routed.Select(routed => Assert.Single(log.Times(routed, false)) - 1000)];
        Assert.InRange(kept.Min(), earliest, earliest + 15);
        Assert.InRange(kept.Max(), latest - 15, latest);
        // Two uniforms of widths `age` and `hold`.
        double age = 80 * (1 - (jitter / 2));
        double hold = 240 * jitter;
        double error = Math.Sqrt(((age * age) + (hold * hold)) / 12 / Nodes);
        double mean = 240 - (hold / 2) - (age / 2) + (restarts ? 120 : 0);
        Assert.InRange(kept.Average(), mean - (4.9 * error), mean + (4.9 * error));
    }

    [Theory]
    [InlineData(60, "")]
    [InlineData(117, "")]
    [InlineData(119, "1120- 1121+")]
    [InlineData(200, "1120- 1202+")]
    public void An_agent_that_is_back_within_the_restart_time_has_lost_nothing(double away, string expected)
    {
        NetworkBench bench = new(1);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        Switch(bench, 1000, bench.Agents[0].Alive, false);
        Switch(bench, 1000 + away, bench.Agents[0].Alive, true);
        Assert.Equal(expected, Told(bench.Run(3000, 0, 1, set.Routed[0])));
    }

    [Fact]
    public void A_machine_that_reboots_within_the_hold_time_has_lost_nothing()
    {
        NetworkBench bench = new(1);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        Switch(bench, 1000, bench.Agents[0].Machine.Powered, false);
        Switch(bench, 1000, bench.Agents[0].Alive, false);
        Switch(bench, 1080, bench.Agents[0].Machine.Powered, true);
        Switch(bench, 1100, bench.Agents[0].Alive, true);
        Assert.Equal("", Told(bench.Run(3000, 0, 1, set.Routed[0])));
    }

    /// <summary>After a longer cut the session comes back at the next retry, within 5 s.</summary>
    [Theory]
    [InlineData(100, false)]
    [InlineData(600, true)]
    public void A_node_that_was_cut_off_too_long_is_routed_to_again_after_a_retry(double away, bool forgotten)
    {
        NetworkBench bench = new(200);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        foreach (MachineSignals machine in bench.Lab.Machines)
        {
            Switch(bench, 1000, machine.Network, false);
            Switch(bench, 1000 + away, machine.Network, true);
        }
        SignalLog log = bench.Run(3000, 0, 1, [.. set.Routed]);
        double[] late = [.. set.Routed.SelectMany(routed => log.Times(routed, true)).Select(at => at - 1000 - away)];
        Assert.Equal(forgotten ? 200 : 0, late.Length);
        if (forgotten)
        {
            Assert.InRange(late.Min(), 0, 0.2);
            Assert.InRange(late.Max(), 4.8, 5);
        }
    }

    /// <summary>While an agent hangs nobody closes its connection: the hold time counts, and a restart ends it.</summary>
    [Fact]
    public void A_hung_agent_is_forgotten_like_a_silent_node_though_its_node_lives()
    {
        NetworkBench bench = new(1);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp with { Jitter = 0 });
        Switch(bench, 1000, bench.NotHung(bench.Agents[0]), false);
        Switch(bench, 2000, bench.Agents[0].Alive, false);
        Switch(bench, 2001, bench.NotHung(bench.Agents[0]), true);
        Switch(bench, 2001, bench.Agents[0].Alive, true);
        SignalLog log = bench.Run(3000, 0, 1, set.Routed[0]);
        Assert.InRange(Assert.Single(log.Times(set.Routed[0], false)), 1160, 1240);
        Assert.Equal(2003.0, Assert.Single(log.Times(set.Routed[0], true)));
    }

    [Fact]
    public void Zones_cut_off_from_each_other_too_long_forget_each_other()
    {
        NetworkBench bench = new(4, 2);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp with { Jitter = 0 });
        Switch(bench, 1000, bench.Network.Way("a", "b"), false);
        Switch(bench, 2000, bench.Network.Way("a", "b"), true);
        Switch(bench, 5000, bench.Network.Way("a", "b"), false);
        Switch(bench, 5150, bench.Network.Way("a", "b"), true);
        SignalLog log = bench.Run(9000, 0, 1, [.. set.Routed, .. set.ZonesRouted]);
        Signal between = set.ZonesRouted[set.ZonePairs.IndexOf((0, 1))];
        Assert.All(log.Changes, change => Assert.Equal(between, change.Signal));
        Assert.InRange(Assert.Single(log.Times(between, false)), 1160, 1240);
        Assert.InRange(Assert.Single(log.Times(between, true)), 2000, 2005);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Routes_from_node_objects_go_with_the_object_alone(bool agentRuns)
    {
        NetworkBench bench = new(1);
        (RouteSet set, NodeRoutes routes) = bench.Routes(NetworkBench.Objects);
        Switch(bench, 100, bench.Agents[0].Machine.Powered, false);
        Switch(bench, 1100, bench.Agents[0].Machine.Powered, true);
        Switch(bench, 1500, bench.Agents[0].Alive, agentRuns);
        bench.Lab.At(2000, _ => routes.Deleted(0));
        bench.Lab.At(3000, _ => routes.Registered(0));
        Switch(bench, 4000, bench.Agents[0].Alive, true);
        Assert.Equal(agentRuns ? "2000- 3000+" : "2000- 4000+", Told(bench.Run(9000, 0, 1, set.Routed[0])));
    }

    [Fact]
    public void A_node_whose_object_is_deleted_is_no_peer_until_it_registers_again()
    {
        NetworkBench bench = new(1);
        (RouteSet set, NodeRoutes routes) = bench.Routes(NetworkBench.Bgp);
        bench.Lab.At(2000, _ => routes.Deleted(0));
        Switch(bench, 2100, bench.Agents[0].Machine.Network, false);
        Switch(bench, 2200, bench.Agents[0].Machine.Network, true);
        bench.Lab.At(3000, _ => routes.Registered(0));
        SignalLog log = bench.Run(9000, 0, 1, set.Routed[0]);
        Assert.Equal([2000.0], log.Times(set.Routed[0], false));
        Assert.InRange(Assert.Single(log.Times(set.Routed[0], true)), 3000, 3005);
    }

    [Fact]
    public void New_pods_get_no_network_while_the_agent_is_dead()
    {
        NetworkBench bench = new(2);
        (RouteSet _, NodeRoutes routes) = bench.Routes(NetworkBench.Bgp);
        Switch(bench, 10, bench.Agents[1].Alive, false);
        Signal[] canSetUp = [.. routes.CanSetUp];
        SignalLog log = bench.Run(20, 0, 1, canSetUp);
        Assert.Equal([(10_000_000_000, canSetUp[1], false)], log.Changes);
        Assert.Empty(new NetworkBench(1).Routes(NetworkBench.Bgp, agents: false).Routes.CanSetUp);
    }

    /// <summary>Keepalives are strictly periodic here: whether they are simulated makes no difference at all.</summary>
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.25, false)]
    [InlineData(0.25, true)]
    public void Both_fidelities_give_the_same_trace(double jitter, bool restarts)
    {
        CniOptions options = NetworkBench.Bgp with { Jitter = jitter, RestartsAfterHold = restarts };
        (List<(long At, Signal Signal, bool Value)> elided, long few) = Life(options, Fidelity.Elided);
        (List<(long At, Signal Signal, bool Value)> exhaustive, long many) = Life(options, Fidelity.Exhaustive);
        Assert.True(elided.Count > 1000);
        Assert.Equal(exhaustive, elided);
        Assert.True(few < many);
    }

    [Fact]
    public void Without_failures_nothing_happens()
    {
        NetworkBench bench = new(3, 3);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        Assert.Empty(bench.Run(1e8, 0, 1, [.. set.Routed, .. set.ZonesRouted]).Changes);
        Assert.Equal(0, bench.Events);
    }

    /// <summary>Data planes are sticky: agents that die and are back within the restart time, however often, cost no route.</summary>
    [Fact]
    public void Failures_of_agents_alone_take_nothing_down()
    {
        NetworkBench bench = new(5);
        (RouteSet set, _) = bench.Routes(NetworkBench.Bgp);
        int failures = 0;
        foreach (ProcessSignals agent in bench.Agents)
        {
            bench.Lab.Repeatedly(10, (simulation, draws) =>
            {
                bool alive = simulation.Signals[agent.Alive];
                simulation.Drive(agent.Alive, !alive);
                failures += alive ? 1 : 0;
                // Up for long enough to have a session again.
                return alive ? 115 * draws.NextUniform() : 3 + (300 * draws.NextUniform());
            });
        }
        Assert.Empty(bench.Run(1e6, 0, 1, [.. set.Routed]).Changes);
        Assert.True(failures > 5000);
    }

    private static (List<(long At, Signal Signal, bool Value)> Changes, long Events) Life(CniOptions options, Fidelity fidelity)
    {
        NetworkBench bench = new(4, 2);
        (RouteSet set, _) = bench.Routes(options, fidelity);
        foreach (ProcessSignals agent in bench.Agents)
        {
            Signal[] victims =
            [
                agent.Alive, agent.Machine.Network, agent.Machine.Powered, bench.NotHung(agent), bench.NotHung(agent.Machine),
                bench.Network.Way("b", "a"),
            ];
            bench.Lab.Repeatedly(10, (simulation, draws) =>
            {
                Signal victim = victims[draws.NextIndex(victims.Length)];
                simulation.Drive(victim, !simulation.Signals[victim]);
                return 200 * draws.NextExponential();
            });
        }
        return (bench.Run(1_000_000, 0, 1, [.. set.Routed, .. set.ZonesRouted]).Changes, bench.Events);
    }

    private static string Told(SignalLog log) => string.Join(' ', log.Changes.Select(c => $"{c.At / 1_000_000_000}{(c.Value ? "+" : "-")}"));

    private static void Switch(NetworkBench bench, double at, Signal signal, bool value) =>
        bench.Lab.At(at, simulation => simulation.Drive(signal, value));
}
