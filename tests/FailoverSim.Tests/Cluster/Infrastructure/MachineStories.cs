using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Infrastructure;

public class MachineStories
{
    [Fact]
    public void When_a_zone_returns_its_machines_boot_and_then_their_processes_start()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Measure("first", etcd.Set.Signals[0].Runs);
        bench.Fault(100, 50, bench.Domains, 0, cause: "flood");
        bench.Play(1000);
        Assert.Equal("100- 180+", bench.Of("cp-1.powered"));
        Assert.Equal("100- 180+", bench.Of("cp-1.up"));
        Assert.Equal("100- 185+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("", bench.Of("cp-2.powered") + bench.Of("etcd@cp-2.alive"));
        Assert.Equal("flood 85", bench.Causes());
        // The bench's faults wait for a repair.
        Assert.Equal("boot 30, repair 50, start 5", bench.StagesOf());
    }

    [Fact]
    public void A_machine_boots_when_all_that_it_hangs_on_is_back_and_anew_when_it_goes_again()
    {
        Bench bench = new();
        bench.Run("etcd");
        bench.Fault(100, 50, bench.Domains, 0);
        bench.Fault(120, 80, bench.Domains, 3);
        bench.Fault(210, 10, bench.Domains, 0);
        bench.Play(1000);
        Assert.Equal("100- 250+", bench.Of("cp-1.powered"));
        Assert.Equal("120- 230+", bench.Of("cp-2.powered"));
        Assert.Equal("100- 255+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void Faults_of_one_zone_overlap_and_the_one_that_is_over_is_no_longer_to_blame()
    {
        Bench bench = new(boot: new Constant(0));
        bench.Measure("zone", bench.Domains[0]);
        bench.Fault(100, 50, bench.Domains, 0, cause: "first");
        bench.Fault(110, 100, bench.Domains, 0, cause: "second");
        bench.Play(1000);
        Assert.Equal("100- 210+", bench.Of("zone/a"));
        Assert.Equal("first 50, second 60", bench.Causes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_machine_that_failed_itself_is_back_without_a_further_boot(bool restarted)
    {
        Bench bench = new();
        bench.Run("etcd");
        bench.Fault(100, 50, bench.Machines, 1, restarted: restarted);
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("cp-2.powered"));
        Assert.Equal("100- 155+", bench.Of("etcd@cp-2.alive"));
    }

    [Fact]
    public void A_machine_that_hung_goes_on_as_it_was()
    {
        Bench bench = new();
        bench.Run("etcd");
        bench.Fault(100, 50, bench.Machines, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("cp-1.up"));
        Assert.Equal("100- 150+", bench.Of("etcd@cp-1.runs"));
        Assert.Equal("", bench.Of("cp-1.powered") + bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_machine_that_is_restarted_out_of_a_hang_takes_its_processes_with_it()
    {
        Bench bench = new();
        bench.Run("etcd");
        bench.Fault(100, 50, bench.Machines, 0, Affliction.Hang, restarted: true);
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("cp-1.up"));
        Assert.Equal("150- 155+", bench.Of("etcd@cp-1.alive"));
        Assert.Equal("100- 155+", bench.Of("etcd@cp-1.runs"));
    }

    [Fact]
    public void A_restart_ends_all_that_the_machine_and_its_processes_suffer()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 1000, bench.Machines, 0, Affliction.Hang);
        bench.Fault(110, 1000, bench.Machines, 0, Affliction.Partition);
        bench.Fault(115, 1000, bench.Machines, 0, Affliction.Stall);
        bench.Fault(120, 1000, etcd, 0, Affliction.Stall);
        bench.Fault(150, 10, bench.Machines, 0, restarted: true);
        // A later fault is not ended by the end of an old one.
        bench.Fault(1050, 500, bench.Machines, 0, Affliction.Hang);
        bench.Play(3000);
        Assert.Equal("100- 160+ 1050- 1550+", bench.Of("cp-1.up"));
        Assert.Equal("110- 160+", bench.Of("cp-1.network"));
        Assert.Equal("115- 160+", bench.Of("etcd@cp-1.disk"));
        Assert.Equal("150- 165+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void A_machine_is_up_when_all_of_its_faults_have_ended()
    {
        Bench bench = new();
        bench.Fault(100, 50, bench.Machines, 0);
        bench.Fault(120, 100, bench.Machines, 0);
        bench.Fault(130, 5, bench.Machines, 0);
        bench.Fault(210, 20, bench.Machines, 0, Affliction.Hang);
        bench.Play(1000);
        Assert.Equal("100- 220+", bench.Of("cp-1.powered"));
        Assert.Equal("100- 230+", bench.Of("cp-1.up"));
    }

    [Fact]
    public void A_machine_repaired_while_its_site_is_out_boots_when_the_site_returns()
    {
        Bench bench = new();
        bench.Fault(100, 50, bench.Machines, 0, restarted: true);
        bench.Fault(120, 60, bench.Domains, 0);
        bench.Play(1000);
        Assert.Equal("100- 210+", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void A_loss_for_good_is_told_to_whoever_keeps_data()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        Disks ofMachines = new(), ofProcesses = new();
        bench.Machines.OnDataLost(ofMachines);
        etcd.OnDataLost(ofProcesses);
        bench.Fault(100, 50, bench.Machines, 2, Affliction.LostForGood, restarted: true);
        bench.Fault(300, 50, etcd, 1, Affliction.LostForGood, restarted: true);
        bench.Play(1000);
        Assert.Equal([2], ofMachines.Lost);
        Assert.Equal([2, 1], ofProcesses.Lost);
        Assert.Equal("100- 150+", bench.Of("cp-3.powered"));
        Assert.Equal("300- 355+", bench.Of("etcd@cp-2.alive"));
    }

    [Fact]
    public void On_a_slow_machine_processes_take_longer_to_start()
    {
        Bench bench = new();
        Processes etcd = bench.Run("etcd");
        bench.Fault(100, 103, bench.Machines, 0, Affliction.Slow, amount: 2);
        bench.Fault(200, 0, etcd, 0, Affliction.Slow, amount: 1, restarted: true);
        double slowness = 0;
        bench.Lab.At(150, _ => slowness = etcd.SlownessOf(0));
        bench.Play(1000);
        Assert.Equal(2, slowness);
        // Half of the speed for 3 s, the whole for the other 3.5 s.
        Assert.Equal("200- 206.5+", bench.Of("etcd@cp-1.alive"));
    }

    [Fact]
    public void Ways_between_zones_are_cut_and_lossy()
    {
        Bench bench = new();
        Network network = new(bench.Builder, bench.Set.Signals, (_, _) => new Constant(0.001));
        ZoneLinks links = new(bench.Builder, network);
        int way = links.SlotOf("a", "c");
        bench.Fault(100, 50, links, way, Affliction.Partition);
        bench.Fault(200, 100, links, way, Affliction.Lossy, amount: 0.5);
        bench.Fault(250, 100, links, way, Affliction.Lossy, amount: 0.2);
        List<double> losses = [];
        foreach (double at in new[] { 190, 225, 275, 325, 375 })
        {
            bench.Lab.At(at, _ => losses.Add(Math.Round(network.LossOf(0, 2), 12)));
        }
        bench.Play(1000);
        Assert.Equal("100- 150+", bench.Of("way/a-c"));
        Assert.Equal("200- 350+", bench.Of("clean/a-c"));
        Assert.Equal("", bench.Of("way/c-a") + bench.Of("clean/c-a"));
        Assert.Equal([0, 0.5, 0.6, 0.2, 0], losses);
    }

    private sealed class Disks : IDisk
    {
        public List<int> Lost { get; } = [];

        public void DataLost(int slot) => Lost.Add(slot);
    }
}
