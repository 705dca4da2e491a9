using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Addresses;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Addresses;

/// <summary>An address that nodes announce by BGP with kube-vip's defaults: keepalive 10 s, hold 30 s, check 5 s / 3 s / 3.</summary>
public class BgpStories
{
    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void A_silent_node_keeps_its_route_until_the_hold_time_has_passed(Fidelity fidelity)
    {
        Bench bench = new(2, fidelity);
        bench.Lab.At(100, s => s.Drive(bench.Processes[0].Machine.Powered, false));
        double[] withdrawn = bench.WhenWithdrawn(0, 500, 200);
        Assert.InRange(withdrawn.Min(), 120, 120.2);
        Assert.InRange(withdrawn.Max(), 129.8, 130);
        Assert.InRange(withdrawn.Average(), 125 - 0.65, 125 + 0.65);
    }

    [Fact]
    public void A_process_that_ends_on_a_live_machine_takes_its_route_with_it()
    {
        Bench bench = new(1, Fidelity.Elided);
        bench.Lab.At(100, s => s.Drive(bench.Processes[0].Alive, false));
        bench.Lab.At(110, s => s.Drive(bench.Processes[0].Alive, true));
        SignalLog log = bench.Run(200);
        Assert.Equal([100.0], log.Times(bench.Address.Reaches, false));
        Assert.Equal([112.0], log.Times(bench.Address.Reaches, true));
    }

    [Fact]
    public void A_node_that_falls_silent_for_less_than_the_hold_time_stays_announced()
    {
        Bench bench = new(1, Fidelity.Elided);
        bench.Lab.At(100, s => s.Drive(bench.Processes[0].Machine.Network, false));
        bench.Lab.At(119, s => s.Drive(bench.Processes[0].Machine.Network, true));
        SignalLog log = bench.Run(200);
        Assert.Equal([100.0], log.Times(bench.Address.Reaches, false));
        Assert.Equal([119.0], log.Times(bench.Address.Reaches, true));
    }

    /// <summary>The last keepalive was before t = 0.</summary>
    [Fact]
    public void A_node_may_fall_silent_before_its_first_keepalive()
    {
        Bench bench = new(1, Fidelity.Elided);
        bench.Lab.At(0.001, s => s.Drive(bench.Processes[0].Machine.Powered, false));
        double[] withdrawn = bench.WhenWithdrawn(0, 10, 200);
        Assert.All(withdrawn, at => Assert.True(at < 91));
    }

    /// <summary>Three failures in a row: 10 to 15 s where connections are refused, 3 s more where each runs into its timeout.</summary>
    [Theory]
    [InlineData(true, Fidelity.Elided, 110, 115)]
    [InlineData(false, Fidelity.Elided, 113, 118)]
    [InlineData(true, Fidelity.Exhaustive, 110, 115)]
    [InlineData(false, Fidelity.Exhaustive, 113, 118)]
    public void Three_failed_checks_withdraw_a_route(bool refused, Fidelity fidelity, double earliest, double latest)
    {
        Bench bench = new(1, fidelity);
        bench.Lab.At(100, s =>
        {
            s.Drive(bench.Backends[0], false);
            s.Drive(bench.Accepts[0], !refused);
        });
        double[] withdrawn = bench.WhenWithdrawn(0, 300, 200);
        Assert.InRange(withdrawn.Min(), earliest, earliest + 0.2);
        Assert.InRange(withdrawn.Max(), latest - 0.2, latest);
    }

    [Fact]
    public void One_good_check_announces_it_again()
    {
        Bench bench = new(1, Fidelity.Elided);
        bench.Lab.At(100, s => s.Drive(bench.Backends[0], false));
        bench.Lab.At(150, s => s.Drive(bench.Backends[0], true));
        SignalLog log = bench.Run(200);
        Assert.Equal([100.0], log.Times(bench.Address.Reaches, false));
        Assert.InRange(Assert.Single(log.Times(bench.Address.Reaches, true)), 150, 155);
    }

    [Fact]
    public void Traffic_goes_on_while_one_node_works()
    {
        Bench bench = new(3, Fidelity.Elided);
        bench.Lab.At(100, s => s.Drive(bench.Processes[0].Machine.Powered, false));
        bench.Lab.At(100, s => s.Drive(bench.Backends[1], false));
        Assert.Empty(bench.Run(1000).Changes);
        Assert.False(bench.Address.IsAnnounced(0) || bench.Address.IsAnnounced(1));
        Assert.True(bench.Address.IsAnnounced(2));
    }

    /// <summary>Keepalives and checks are strictly periodic: whether they are simulated makes no difference at all.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_fidelities_give_the_same_trace(ulong seed)
    {
        (List<(long At, Signal Signal, bool Value)> elided, long few) = Trace(Fidelity.Elided, seed);
        (List<(long At, Signal Signal, bool Value)> exhaustive, long many) = Trace(Fidelity.Exhaustive, seed);
        Assert.True(elided.Count > 1000);
        Assert.Equal(exhaustive, elided);
        Assert.True(few < many);
    }

    [Fact]
    public void Without_failures_nothing_happens()
    {
        Bench bench = new(3, Fidelity.Elided);
        Assert.Empty(bench.Run(1e8).Changes);
        Assert.Equal(0, bench.Events);
    }

    private static (List<(long At, Signal Signal, bool Value)> Changes, long Events) Trace(Fidelity fidelity, ulong seed)
    {
        Bench bench = new(1, fidelity);
        Action<Simulation, bool>? end = null;
        bench.Lab.Repeatedly(10, (s, draws) =>
        {
            if (end is not null)
            {
                end(s, true);
                end = null;
                return 1 + (10 * draws.NextUniform());
            }
            end = draws.NextIndex(5) switch
            {
                0 => (s, value) => s.Drive(bench.Backends[0], value),
                1 => (s, value) => s.Drive(bench.Accepts[0], value),
                2 => (s, value) => s.Drive(bench.Processes[0].Alive, value),
                3 => (s, value) => s.Drive(bench.Processes[0].Machine.Network, value),
                _ => (s, value) => s.Drive(bench.Lab.NotHung(bench.Processes[0].Name), value),
            };
            end(s, false);
            return 1 + (60 * draws.NextUniform());
        });
        return (bench.Run(200_000, seed).Changes, bench.Events);
    }

    private sealed class Bench
    {
        public Bench(int nodes, Fidelity fidelity)
        {
            List<BgpSpeaker> speakers = [];
            for (int i = 0; i < nodes; i++)
            {
                MachineSignals machine = Lab.Machine($"cp-{i + 1}");
                Processes.Add(Lab.Process("kube-vip", machine));
                Backends.Add(Lab.Builder.Condition($"backend-{i + 1}"));
                Accepts.Add(Lab.Builder.Condition($"accepts-{i + 1}"));
                Signal host = Lab.Builder.Gate($"host-{i + 1}", 2, machine.Up, machine.Network);
                Signal works = Lab.Builder.Gate($"works-{i + 1}", 2, Backends[i], Accepts[i]);
                speakers.Add(new BgpSpeaker(Processes[i], host, works, Accepts[i], new Constant(2)));
            }
            BgpCheck check = new(SimDuration.FromSeconds(5), SimDuration.FromSeconds(3), 3);
            BgpOptions options = new("vip", SimDuration.FromSeconds(10), SimDuration.FromSeconds(30), check);
            Address = new BgpAddress(Lab.Builder, options, speakers, new ClusterStages(Lab.Builder), fidelity);
        }

        public Lab Lab { get; } = new();

        public List<ProcessSignals> Processes { get; } = [];

        public List<Signal> Backends { get; } = [];

        public List<Signal> Accepts { get; } = [];

        public BgpAddress Address { get; }

        public long Events { get; private set; }

        public SignalLog Run(double until, ulong seed = 1)
        {
            Simulation simulation = Lab.Builder.Build(seed);
            SignalLog log = new(Address.Reaches);
            simulation.Trace = log;
            simulation.Reset(0);
            simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
            Events = simulation.Events;
            return log;
        }

        /// <summary>When the router forgot the route of a node, to 10 ms, once per replication.</summary>
        public double[] WhenWithdrawn(int slot, int replications, double until)
        {
            Simulation simulation = Lab.Builder.Build(1);
            double[] times = new double[replications];
            for (int r = 0; r < replications; r++)
            {
                simulation.Reset(r);
                double at = 90;
                for (simulation.RunUntil(new SimTime(90_000_000_000)); Address.IsAnnounced(slot) && at < until; at += 0.01)
                {
                    simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(at));
                }
                times[r] = at - 0.01;
            }
            return times;
        }
    }
}
