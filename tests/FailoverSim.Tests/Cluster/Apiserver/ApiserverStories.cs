using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Apiserver;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Apiserver;

public class ApiserverStories
{
    [Fact]
    public void A_clean_stop_is_not_ready_at_once_and_serves_on_for_the_delay()
    {
        Cluster bench = new(shutdownDelay: 20);
        bench.Lab.At(100, _ => bench.Machines.StopCleanly(0));
        bench.Lab.At(200, _ => bench.Machines.Return(0));
        bench.Play(1000);
        Assert.Equal("100- 210+", bench.Of("apiserver@cp-1.ready"));
        Assert.Equal("120- 210+", bench.Of("apiserver@cp-1.serves"));
        Assert.Equal("120- 210+", bench.Of("apiserver@cp-1.accepts"));
        Assert.Equal("120- 200+", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void A_delay_longer_than_the_grace_is_cut()
    {
        Cluster bench = new(shutdownDelay: 70);
        bench.Lab.At(100, _ => bench.Machines.StopCleanly(0));
        bench.Play(1000);
        Assert.Equal("130-", bench.Of("apiserver@cp-1.serves"));
    }

    [Fact]
    public void One_that_hangs_takes_connections_in_and_answers_none()
    {
        Cluster bench = new(liveness: false);
        bench.Fault(100, 50, bench.Processes, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("apiserver@cp-1.serves"));
        Assert.Equal("100- 150+", bench.Of("apiserver@cp-1.ready"));
        Assert.Equal("", bench.Of("apiserver@cp-1.accepts"));
    }

    [Fact]
    public void With_the_local_member_alone_its_loss_is_the_apiservers()
    {
        Cluster bench = new(local: true);
        bench.Lab.At(100, s => s.Drive(bench.Serves[0], false));
        bench.Lab.At(130, s => s.Drive(bench.Serves[0], true));
        bench.Play(1000);
        Assert.Equal("100- 130+", bench.Of("apiserver@cp-1.ready"));
        Assert.Equal("", bench.Of("apiserver@cp-2.ready"));
    }

    [Fact]
    public void With_all_members_one_is_enough()
    {
        Cluster bench = new();
        bench.Lab.At(100, s => s.Drive(bench.Serves[0], false));
        bench.Lab.At(110, s => s.Drive(bench.Serves[1], false));
        bench.Lab.At(120, s => s.Drive(bench.Serves[2], false));
        bench.Lab.At(130, s => s.Drive(bench.Serves[0], true));
        bench.Play(1000);
        Assert.Equal("120- 130+", bench.Of("apiserver@cp-1.ready"));
    }

    [Fact]
    public void A_broken_connection_is_tried_again_after_a_while()
    {
        Cluster bench = new(local: true);
        bench.Lab.At(100, s => s.Drive(bench.MemberAlive[0], false));
        bench.Lab.At(130, s => s.Drive(bench.MemberAlive[0], true));
        bench.Measure("serves", bench.Apis.Serves[0]);
        bench.Play(1000);
        Assert.Equal("100- 131.5+", bench.Of("apiserver@cp-1.serves"));
    }

    [Fact]
    public void A_new_apiserver_waits_for_etcd_and_opens_its_port_then()
    {
        Cluster bench = new();
        bench.Fault(100, 5, bench.Processes, 0, restarted: true);
        bench.Lab.At(101, bench.LoseQuorum);
        bench.Lab.At(125, bench.RegainQuorum);
        bench.Play(1000);
        // Started at 105 and up at 115; gives up at 135 at the earliest.
        Assert.Equal("100- 115+", bench.Of("apiserver@cp-1.alive"));
        Assert.Equal("100- 125+", bench.Of("apiserver@cp-1.accepts"));
        Assert.Equal("100- 125+", bench.Of("apiserver@cp-1.ready"));
    }

    [Fact]
    public void It_exits_when_it_has_not_found_etcd_in_20_s_and_comes_back_with_back_off()
    {
        Cluster bench = new();
        bench.Fault(100, 5, bench.Processes, 0, restarted: true);
        bench.Lab.At(101, bench.LoseQuorum);
        bench.Lab.At(150, bench.RegainQuorum);
        bench.Play(1000);
        // 105 + 10 up, + 20 exit at 135, again at once (1 s): up at 146, etcd is there at 150.
        Assert.Equal("100- 115+ 135- 146+", bench.Of("apiserver@cp-1.alive"));
        Assert.Equal("100- 150+", bench.Of("apiserver@cp-1.serves"));
    }

    /// <summary>
    /// Quorum is lost for ten minutes: liveness kills every apiserver, each finds no etcd, exits, and waits for its restart
    /// longer each time. When etcd is back, the back-off has five more minutes to run.
    /// </summary>
    [Fact]
    public void After_a_long_loss_of_quorum_the_back_off_decides()
    {
        Cluster bench = new(restart: 0);
        bench.Lab.At(1000, bench.LoseQuorum);
        bench.Lab.At(1600, bench.RegainQuorum);
        for (int replication = 0; replication < 20; replication++)
        {
            bench.Play(4000, replication);
            foreach (string name in new[] { "apiserver@cp-1", "apiserver@cp-2", "apiserver@cp-3" })
            {
                double kill = bench.Instants($"process/{name}", "killed")[0];
                Assert.InRange(kill, 1072, 1082);
                // Each runs for 10 s of start and 20 s of patience; the back-offs count from its exit.
                double[] starts = [.. bench.Instants($"process/{name}", "starting").Select(s => Math.Round(s - kill, 6))];
                Assert.Equal([0, 40, 90, 160, 270, 460, 790], starts);
                Assert.Equal(kill + 800, bench.Instants($"{name}.serves", "+").Single(), 6);
            }
        }
    }

    [Fact]
    public void A_liveness_that_leaves_etcd_out_restarts_nobody()
    {
        Cluster bench = new(livenessIncludesEtcd: false);
        bench.Lab.At(1000, bench.LoseQuorum);
        bench.Lab.At(1600, bench.RegainQuorum);
        bench.Play(4000);
        Assert.Equal("", bench.Of("process/apiserver@cp-1"));
        Assert.Equal("1000- 1600+", bench.Of("apiserver@cp-1.serves"));
    }

    [Fact]
    public void The_down_time_is_charged_to_what_took_the_quorum()
    {
        Cluster bench = new(restart: 0);
        int fire = bench.Builder.Cause("fire");
        bench.Measure("api", bench.Builder.Gate("any", 1, [.. bench.Apis.Serves]));
        bench.Lab.At(1000, s =>
        {
            s.Raise(fire);
            bench.LoseQuorum(s);
        });
        bench.Lab.At(1600, bench.RegainQuorum);
        bench.Play(4000);
        Assert.StartsWith("fire ", bench.Causes());
        Assert.DoesNotContain(",", bench.Causes());
    }

    [Fact]
    public void Nothing_happens_while_all_is_well()
    {
        Cluster bench = new();
        bench.Play(1e7);
        Assert.Equal(0, bench.Simulation.Events);
    }

    /// <summary>Three apiservers with liveness, and three etcd members that the test switches.</summary>
    private sealed class Cluster : Bench
    {
        public Cluster(
            bool local = false, double shutdownDelay = 0, double restart = 1, bool liveness = true, bool livenessIncludesEtcd = true)
        {
            MemberAlive = [.. Set.Signals.Select(m => Builder.Condition($"etcd@{m.Name}.alive"))];
            Serves = [.. Set.Signals.Select(m => Builder.Condition($"etcd@{m.Name}.serves"))];
            EtcdEndpoint[] members = [.. Set.Signals.Select((m, i) => new EtcdEndpoint(MemberAlive[i], Serves[i], m.Up, m.Up))];
            Processes = Run("apiserver", start: 10, restart: restart);
            Apis = ApiserverSet.Declare(
                Builder, Processes.Set, [.. members.Select(m => local ? new[] { m } : members)], livenessIncludesEtcd);
            ApiserverOptions options = new(
                SimDuration.FromSeconds(shutdownDelay), SimDuration.FromSeconds(20), new Constant(1.5));
            _ = new Apiservers(Builder, Apis, Processes, options, Stages);
            if (liveness)
            {
                LivenessOptions probes = new(
                    SimDuration.FromSeconds(10), SimDuration.FromSeconds(15), 8, SimDuration.FromSeconds(10), 24, SimDuration.FromSeconds(2));
                _ = new Liveness(Builder, Processes, Apis.Live, probes, Fidelity.Elided);
            }
        }

        public Processes Processes { get; }

        public ApiserverSet Apis { get; }

        public Signal[] MemberAlive { get; }

        public Signal[] Serves { get; }

        public void LoseQuorum(FailoverSim.Kernel.Simulation simulation) => Switch(simulation, false);

        public void RegainQuorum(FailoverSim.Kernel.Simulation simulation) => Switch(simulation, true);

        private void Switch(FailoverSim.Kernel.Simulation simulation, bool value)
        {
            foreach (Signal serves in Serves)
            {
                simulation.Drive(serves, value);
            }
        }
    }
}
