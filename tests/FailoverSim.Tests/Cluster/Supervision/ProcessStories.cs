using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Supervision;

public class ProcessStories
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_crash_ends_with_a_process_that_starts(bool restarted)
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Measure("first", etcd.Set.Signals[0].Alive);
        bench.Fault(100, 3, etcd, 0, restarted: restarted, cause: "crash");
        bench.Play(1000);
        Assert.Equal("100- 108+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("crash 8", bench.Causes());
        Assert.Equal("repair 3, start 5", bench.StagesOf());
    }

    [Fact]
    public void A_process_that_hung_goes_on_as_it_was()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 50, etcd, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("etcd@cp-1.runs"));
        Assert.Equal("", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_process_that_is_repaired_out_of_a_hang_starts_anew()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 50, etcd, 0, Affliction.Hang, restarted: true);
        bench.Play(1000);
        Assert.Equal("100- 155+", bench.Of("etcd@cp-1.runs"));
        Assert.Equal("150- 155+", bench.Of("etcd@cp-1.alive"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_crash_ends_a_hang(bool restarted)
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 1000, etcd, 0, Affliction.Hang);
        bench.Fault(150, 10, etcd, 0, restarted: restarted);
        bench.Play(2000);
        Assert.Equal("100- 165+", bench.Of("etcd@cp-1.runs"));
        Assert.Equal("150- 165+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_process_is_up_when_all_of_its_faults_have_ended()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Measure("first", etcd.Set.Signals[0].Alive);
        bench.Fault(100, 50, etcd, 0, cause: "one");
        bench.Fault(120, 100, etcd, 0, cause: "two");
        bench.Fault(500, 10, etcd, 0, Affliction.Stall);
        bench.Fault(505, 20, etcd, 0, Affliction.Stall);
        bench.Play(1000);
        Assert.Equal("100- 225+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("500- 525+", bench.Of("etcd@cp-1.disk"));
        Assert.Equal("one 50, two 75", bench.Causes());
    }

    [Fact]
    public void A_hang_holds_up_the_start()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 10, etcd, 0);
        bench.Fault(112, 20, etcd, 0, Affliction.Hang);
        bench.Fault(133, 20, bench.Machines, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 155+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_process_that_drops_traffic_runs()
    {
        Bench bench = new();
        Processes balancer = bench.Run("haproxy");
        bench.Fault(100, 10, balancer, 0, Affliction.DropsTraffic);
        bench.Play(1000);
        Assert.Equal("100- 110+", bench.Of("haproxy@cp-1.traffic"));
        Assert.Equal("", bench.Of("haproxy@cp-1.runs"));
    }

    /// <summary>CrashLoopBackOff: 0, 10, 20, 40, 80, 160, 300, 300 s from the end of the process.</summary>
    [Fact]
    public void Restarts_in_a_row_wait_twice_as_long_each_time()
    {
        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300], Delays(RestartBackoff.Default, runs: 0));
        // A process that ran for 3 minutes pays nothing extra.
        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300], Delays(RestartBackoff.Default, runs: 180));
        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300], Delays(RestartBackoff.Default, runs: 600));
    }

    [Fact]
    public void Who_ran_longer_than_ten_minutes_starts_over() =>
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0], Delays(RestartBackoff.Default, runs: 600.5));

    [Fact]
    public void Newer_gates_shorten_the_back_off()
    {
        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60], Delays(new RestartBackoff(Seconds(1), Seconds(60), Seconds(600)), runs: 0));
        Assert.Equal([0, 5, 5, 5, 5, 5, 5, 5], Delays(new RestartBackoff(Seconds(10), Seconds(5), Seconds(600)), runs: 0));
    }

    [Fact]
    public void A_repair_does_not_wait_for_the_back_off()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Lab.At(100, _ => etcd.Exit(0));
        bench.Lab.At(110, _ => etcd.Exit(0));
        bench.Fault(112, 2, etcd, 0, restarted: true);
        bench.Play(1000);
        // Restarted 1 s after the first exit; the second one would wait until 120.
        Assert.Equal("100- 106+ 110- 119+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_reboot_forgets_the_back_off()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Lab.At(100, _ => etcd.Exit(0));
        bench.Lab.At(110, _ => etcd.Exit(0));
        bench.Fault(112, 2, bench.Machines, 0, restarted: true);
        bench.Lab.At(120, _ => etcd.Exit(0));
        bench.Play(1000);
        Assert.Equal("100- 106+ 110- 119+ 120- 126+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void An_exit_is_charged_to_what_led_to_it()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Measure("first", etcd.Set.Signals[0].Alive);
        int kind = bench.Builder.Cause("expiry");
        bench.Lab.At(100, s =>
        {
            s.Raise(kind);
            etcd.Exit(0);
        });
        bench.Play(1000);
        Assert.Equal("expiry 6", bench.Causes());
        Assert.Equal("restart 1, start 5", bench.StagesOf());
    }

    [Fact]
    public void Nobody_restarts_a_process_while_the_machine_hangs()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Lab.At(100, _ => etcd.Exit(0));
        bench.Fault(100.5, 20, bench.Machines, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 125.5+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_dead_process_exits_no_further()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 20, etcd, 0);
        bench.Lab.At(110, _ => etcd.Exit(0));
        bench.Lab.At(122, _ => etcd.Exit(0));
        bench.Play(1000);
        Assert.Equal("100- 125+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_clean_stop_waits_for_the_slowest_process_and_the_return_starts_them()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Processes scheduler = bench.Run("scheduler");
        Processes proxy = bench.Run("kube-proxy");
        etcd.OnStop(new Slow(bench, etcd, 12));
        scheduler.OnStop(new Slow(bench, scheduler, 7));
        bench.Measure("etcd", etcd.Set.Signals[0].Alive);
        int upgrade = bench.Builder.Cause("upgrade");
        bench.Lab.At(100, s =>
        {
            s.Raise(upgrade);
            bench.Machines.StopCleanly(0);
        });
        bench.Lab.At(200, _ => bench.Machines.Return(0));
        bench.Play(1000);
        Assert.Equal("100- 205+", bench.Of("kube-proxy@cp-1.alive"));
        Assert.Equal("107- 205+", bench.Of("scheduler@cp-1.alive"));
        Assert.Equal("112- 205+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("112- 200+", bench.Of("cp-1.powered"));
        Assert.Equal("upgrade 93", bench.Causes());
        Assert.Equal("maintenance 88, start 5", bench.StagesOf());
        Assert.Equal("", bench.Of("etcd@cp-2.alive"));
    }

    [Fact]
    public void Who_does_not_stop_is_killed_after_the_grace()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Processes scheduler = bench.Run("scheduler");
        etcd.OnStop(new Slow(bench, etcd, 500));
        bench.Fault(90, 1000, scheduler, 0, Affliction.Hang);
        bench.Lab.At(100, _ => bench.Machines.StopCleanly(0));
        bench.Lab.At(200, _ => bench.Machines.Return(0));
        bench.Play(2000);
        Assert.Equal("130- 205+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("130- 200+", bench.Of("cp-1.powered"));
        Assert.Equal("90- 205+", bench.Of("scheduler@cp-1.runs"));
    }

    [Fact]
    public void A_machine_that_fails_while_it_stops_is_out_at_once()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        etcd.OnStop(new Slow(bench, etcd, 20));
        bench.Lab.At(100, _ => bench.Machines.StopCleanly(0));
        bench.Fault(105, 300, bench.Machines, 0, restarted: true);
        bench.Lab.At(200, _ => bench.Machines.Return(0));
        bench.Play(1000);
        Assert.Equal("105- 200+", bench.Of("cp-1.in-service"));
        Assert.Equal("105- 405+", bench.Of("cp-1.powered"));
        Assert.Equal("105- 410+", bench.Of("etcd@cp-1.alive"));
    }

    private static SimDuration Seconds(double seconds) => SimDuration.FromSeconds(seconds);

    /// <summary>From the end of a process to the start of the next one, when each runs for so long.</summary>
    private static double[] Delays(RestartBackoff backoff, double runs)
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd", start: 0, restart: 0, backoff);
        bench.Lab.At(1000, _ => etcd.Exit(0));
        bench.Builder.Observe(etcd.Set.Signals[0].Alive, new Exits(bench, etcd, runs), 0);
        bench.Play(10_000);
        double[] starts = bench.Instants("process/etcd@cp-1", "starting");
        double[] ends = bench.Instants("process/etcd@cp-1", "restarting");
        return [.. starts.Zip(ends, (start, end) => Math.Round(start - end, 9)).Take(8)];
    }

    /// <summary>Lets the process exit so long after it has come up.</summary>
    private sealed class Exits(Bench bench, Processes processes, double runs)
        : FailoverSim.Kernel.Components.Component(bench.Builder, "~exits", 1, 1)
    {
        protected internal override void Start()
        {
        }

        protected internal override void OnTimer(int slot, int timer) => processes.Exit(0);

        protected internal override void OnSignal(int slot)
        {
            if (Simulation.Signals[processes.Set.Signals[0].Alive])
            {
                ArmAfter(0, 0, Seconds(runs));
            }
        }

        protected internal override void Encode(int slot, FailoverSim.Kernel.Components.StateWriter writer)
        {
        }
    }

    /// <summary>Takes so many seconds to stop.</summary>
    private sealed class Slow(Bench bench, Processes processes, double takes)
        : FailoverSim.Kernel.Components.Component(bench.Builder, $"~stop/{processes.Set.Kind}", processes.Count, 1), IGraceful
    {
        public void Stop(int slot) => ArmAfter(slot, 0, Seconds(takes));

        protected internal override void Start()
        {
        }

        protected internal override void OnTimer(int slot, int timer) => processes.Stopped(slot);

        protected internal override void Encode(int slot, FailoverSim.Kernel.Components.StateWriter writer)
        {
        }
    }
}
