using FailoverSim.Kernel.Time;
using FailoverSim.Models.Vrrp;
using FailoverSim.Tests.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Vrrp;

/// <summary>Who holds the address when: the sums of RFC 5798 and keepalived's rules, to the nanosecond.</summary>
public class VrrpTests
{
    private const double Fault = 100;

    /// <summary>Skew of priority 101, and the wait of its backup.</summary>
    private const double Skew101 = 155 / 256.0;

    private const double Skew100 = 156 / 256.0;

    /// <summary>VC-A15: the outage is uniform over one interval that ends with the master down interval. T6 adds nothing to it.</summary>
    [Theory]
    [InlineData(2, 100, 3.609375)]
    [InlineData(3, 100, 3.609375)]
    [InlineData(2, 254, 3.0078125)]
    public void A_crash_is_noticed_by_silence(int version, int priority, double masterDown)
    {
        VrrpBench bench = new([254, priority], VrrpBench.Options(version));
        int master = priority == 254 ? 1 : 0;
        bench.Set(Fault, bench.Instances[master].Process.Alive, false);
        double[] outages = new double[2000];
        for (int r = 0; r < outages.Length; r++)
        {
            bench.Run(Fault + 10, r);
            outages[r] = bench.First("acquired", 1 - master, Fault) - Fault;
        }
        double low = masterDown - 1;
        Assert.InRange(outages.Min(), low, low + 0.01);
        Assert.InRange(outages.Max(), masterDown - 0.01, masterDown);
        Assert.InRange(Statistics.MeanError(outages, masterDown - 0.5, 1 / 12.0), -Statistics.CriticalZ, Statistics.CriticalZ);
        Assert.InRange(Statistics.Distance(outages, x => Math.Clamp(x - low, 0, 1)), 0, Statistics.CriticalDistance);
    }

    /// <summary>An instance that starts alone waits for one master down interval: 3.609375 s with priority 100.</summary>
    [Theory]
    [InlineData(2, 1, 3.609375)]
    [InlineData(2, 0.5, 2.109375)]
    [InlineData(3, 0.5, 1.8046875)]
    public void Master_down_interval(int version, double interval, double expected)
    {
        VrrpBench bench = new([100], VrrpBench.Options(version, interval));
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        bench.Set(200, bench.Instances[0].Process.Alive, true);
        bench.Run(300);
        Assert.Equal(200 + expected, bench.First("acquired", 0, Fault), 9);
    }

    [Fact]
    public void The_best_backup_takes_over_and_the_others_follow_it()
    {
        VrrpBench bench = new([102, 100, 101], rtt: 0.001);
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        for (int r = 0; r < 50; r++)
        {
            bench.Run(200, r);
            Assert.InRange(bench.First("acquired", 2, Fault), Fault + 2 + Skew101, Fault + 3 + Skew101 + 0.005);
            Assert.Equal(double.NaN, bench.First("acquired", 1, 0));
            Assert.Equal(2, bench.Group.HolderSlot);
        }
    }

    /// <summary>It waits in BACKUP while its timer runs, heedless of the lower master: a second interruption.</summary>
    [Fact]
    public void A_better_instance_that_returns_preempts()
    {
        VrrpBench bench = new([101, 100]);
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        bench.Set(200, bench.Instances[0].Process.Alive, true);
        bench.Run(300);
        Assert.Equal(203 + Skew101, bench.First("acquired", 0, Fault), 9);
        Assert.Equal(203 + Skew101, bench.First("lost", 1, Fault), 9);
        Assert.Equal(0, bench.Group.HolderSlot);
    }

    [Fact]
    public void Without_preemption_it_waits()
    {
        VrrpBench bench = new([101, 100], VrrpBench.Options(preempt: false));
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        bench.Set(200, bench.Instances[0].Process.Alive, true);
        bench.Set(400, bench.Instances[1].Process.Machine.Powered, false);
        bench.Run(500);
        Assert.InRange(bench.First("acquired", 0, Fault), 402 + Skew101, 403 + Skew101);
    }

    /// <summary>It spares the lower master from the first advertisement that it hears, h, for 30 s: the last one that counts is h + 29.</summary>
    [Fact]
    public void A_delay_before_preemption()
    {
        VrrpBench bench = new([101, 100], VrrpBench.Options(delay: 30));
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        bench.Set(200, bench.Instances[0].Process.Alive, true);
        bench.Run(300);
        double takeOver = bench.First("acquired", 1, Fault);
        double firstHeard = 200 + 1 - ((200 - takeOver) % 1);
        Assert.Equal(firstHeard + 29 + 3 + Skew101, bench.First("acquired", 0, Fault), 6);
    }

    /// <summary>Priority 0 is an advertisement that arrives after half a round trip.</summary>
    [Fact]
    public void A_clean_stop_leaves_the_skew()
    {
        VrrpBench bench = new([101, 100], rtt: 0.01);
        bench.Lab.At(Fault, _ => bench.Group.Stop(0));
        bench.Run(300);
        Assert.Equal(Fault, bench.First("lost", 0, 0), 9);
        Assert.Equal(Fault + 0.005 + Skew100, bench.First("acquired", 1, 0), 9);
        Assert.Equal(1, bench.Group.HolderSlot);
    }

    /// <summary>SIGKILL leaves the address where it is until somebody else announces it; the next start removes it.</summary>
    [Fact]
    public void A_killed_process_leaves_its_address()
    {
        VrrpBench bench = new([101, 100]);
        bench.Set(Fault, bench.Instances[0].Process.Alive, false);
        bench.Set(200, bench.Instances[0].Process.Alive, true);
        bench.Run(300);
        Assert.Equal(200, bench.First("lost", 0, 0), 9);
        Assert.Equal(Fault, bench.First("waiting", -1, 0), 9);
    }

    [Fact]
    public void An_address_is_gone_with_its_machine()
    {
        VrrpBench bench = new([101, 100]);
        bench.Set(Fault, bench.Instances[0].Process.Machine.Powered, false);
        bench.Run(300);
        Assert.Equal(Fault, bench.First("lost", 0, 0), 9);
    }

    /// <summary>Three failures of a script that runs every second, then FAULT, priority 0 and the skew; back by preemption.</summary>
    [Fact]
    public void A_script_without_weight_means_fault()
    {
        VrrpBench bench = new([101, 100], VrrpBench.Options(script: VrrpBench.Script(1, 1, 3, 2, 0)));
        bench.Set(Fault, bench.Proxies[0].Alive, false);
        bench.Set(200, bench.Proxies[0].Alive, true);
        for (int r = 0; r < 50; r++)
        {
            bench.Run(300, r);
            double fault = bench.First("lost", 0, 0);
            Assert.InRange(fault, Fault + 2, Fault + 3);
            Assert.Equal(fault + Skew100, bench.First("acquired", 1, 0), 9);
            // Two successes, at the same phase of the second.
            double well = 201 + ((fault - Fault) % 1);
            Assert.Equal(well + 3 + Skew101, bench.First("acquired", 0, Fault), 6);
        }
    }

    /// <summary>A proxy that hangs costs the script its timeout each time: U × 3 + 2 × 3 + 2.</summary>
    [Fact]
    public void A_script_that_hangs_fails_by_its_timeout()
    {
        VrrpBench bench = new([101, 100], VrrpBench.Options(script: VrrpBench.Script(3, 2, 3, 2, 0)));
        bench.Set(Fault, bench.Lab.NotHung(bench.Proxies[0].Name), false);
        double[] delays = new double[300];
        for (int r = 0; r < delays.Length; r++)
        {
            bench.Run(150, r);
            delays[r] = bench.First("lost", 0, 0) - Fault;
        }
        Assert.InRange(Statistics.Distance(delays, x => Math.Clamp((x - 8) / 3, 0, 1)), 0, Statistics.CriticalDistance);
    }

    /// <summary>kubeadm: ten failures, 27 to 30 s, lower the priority by two; then a master down interval since the last better advertisement.</summary>
    [Fact]
    public void A_script_with_weight_lowers_the_priority()
    {
        VrrpBench bench = new([101, 100], VrrpBench.Options(script: TrackedScript.Kubeadm));
        bench.Set(Fault, bench.Proxies[0].Alive, false);
        double[] delays = new double[500];
        for (int r = 0; r < delays.Length; r++)
        {
            bench.Run(150, r);
            delays[r] = bench.First("acquired", 1, 0) - Fault;
            Assert.Equal(bench.First("acquired", 1, 0), bench.First("lost", 0, 0), 9);
        }
        Assert.InRange(delays.Min(), 27 + 2 + Skew100, 27.5 + 2 + Skew100);
        Assert.InRange(delays.Max(), 29.5 + 3 + Skew100, 30 + 3 + Skew100);
        Assert.InRange(
            Statistics.MeanError(delays, 28.5 + 2.5 + Skew100, (9 + 1) / 12.0), -Statistics.CriticalZ, Statistics.CriticalZ);
    }

    /// <summary>If the backup is not better then, nothing happens.</summary>
    [Fact]
    public void A_priority_that_is_still_the_best_keeps_the_address()
    {
        VrrpBench bench = new([110, 100], VrrpBench.Options(script: TrackedScript.Kubeadm));
        bench.Set(Fault, bench.Proxies[0].Alive, false);
        bench.Run(500);
        Assert.Equal(double.NaN, bench.First("acquired", 1, 0));
    }

    /// <summary>Both are masters while they cannot hear each other; the lower yields at the first advertisement after.</summary>
    [Theory]
    [InlineData(101, 100, 0)]
    [InlineData(100, 100, 1)]
    public void Split_brain_and_heal(int first, int second, int better)
    {
        VrrpBench bench = new([first, second], rtt: 0.01);
        int worse = 1 - better;
        bench.Cut(Fault, 0, 1, false);
        bench.Cut(200, 0, 1, true);
        for (int r = 0; r < 30; r++)
        {
            SignalLog log = new(bench.Group.IsMaster(0), bench.Group.IsMaster(1));
            bench.Run(300, r, log);
            double takeOver = bench.First("acquired", worse, Fault);
            Assert.InRange(takeOver, Fault + 2.5, Fault + 3.7);
            Assert.Equal(double.NaN, log.First(bench.Group.IsMaster(better), false));
            double yields = bench.First("lost", worse, 0);
            Assert.InRange(yields, 200.005, 201.02);
            Assert.Equal(better, bench.Group.HolderSlot);
            // If the lower was heard first, the better one answered at once and announced the address anew.
            double lowerHeard = 200 + 1 - ((200 - takeOver) % 1) + 0.005;
            if (!double.IsNaN(bench.First("acquired", better, 200)))
            {
                Assert.Equal(lowerHeard, bench.First("acquired", better, 200), 6);
                Assert.Equal(lowerHeard + 0.005, yields, 6);
            }
        }
    }

    /// <summary>A master that hung reads what it missed before it goes on: here a lower one, which it answers.</summary>
    [Fact]
    public void A_master_that_hung_takes_the_address_back()
    {
        VrrpBench bench = new([101, 100], rtt: 0.01);
        bench.Set(Fault, bench.Lab.NotHung(bench.Instances[0].Process.Name), false);
        bench.Set(150, bench.Lab.NotHung(bench.Instances[0].Process.Name), true);
        bench.Run(300);
        Assert.InRange(bench.First("acquired", 1, 0), Fault + 2 + Skew100, Fault + 3 + Skew100 + 0.01);
        Assert.Equal(150, bench.First("acquired", 0, Fault), 9);
        Assert.Equal(150.005, bench.First("lost", 1, 0), 9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_quiet_years_cost_a_handful_of_events(bool withDeadBackup)
    {
        VrrpBench bench = new([102, 101, 100], VrrpBench.Options(script: TrackedScript.Kubeadm), rtt: 0.001);
        if (withDeadBackup)
        {
            bench.Set(Fault, bench.Instances[1].Process.Machine.Powered, false);
        }
        bench.Run(10 * SimDuration.NanosecondsPerYear * 1e-9);
        Assert.InRange(bench.Simulation!.Events, 3, 10);
    }
}
