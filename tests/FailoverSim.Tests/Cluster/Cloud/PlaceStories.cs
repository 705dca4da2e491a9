using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

/// <summary>Machines that come and go.</summary>
public class PlaceStories
{
    [Fact]
    public void An_empty_place_is_off_until_a_machine_is_launched_there()
    {
        Bench bench = new(spare: 1);
        Processes kubelet = bench.Run("kubelet");
        bool before = true;
        bench.Lab.At(50, s => before = s.Signals[bench.Set.Signals[2].Powered] || s.Signals[kubelet.Set.Signals[2].Alive]);
        bench.Lab.At(100, _ => bench.Machines.Launch(2));
        bench.Play(1000);
        Assert.False(before);
        Assert.Equal("130+", bench.Of("cp-3.powered"));
        Assert.Equal("135+", bench.Of("kubelet@cp-3.alive"));
        Assert.Equal(" ", bench.Of("cp-1.powered") + " " + bench.Of("kubelet@cp-1.alive"));
        Assert.Equal(1, bench.Set.IndexOf("cp-2"));
        Assert.Throws<ArgumentException>(() => bench.Set.IndexOf("cp-9"));
    }

    [Fact]
    public void A_new_machine_has_none_of_the_faults_of_the_old_one_and_their_repair_does_nothing()
    {
        Bench bench = new();
        Processes kubelet = bench.Run("kubelet");
        bench.Fault(100, 1000, bench.Machines, 0, Affliction.Hang, restarted: true);
        bench.Fault(110, 1000, bench.Machines, 0, Affliction.Partition, restarted: true);
        bench.Fault(120, 1000, kubelet, 0, Affliction.Hang, restarted: true);
        bench.Lab.At(200, _ => bench.Machines.Launch(0));
        // The new machine's own fault is not mended by the repairs of the old one's, at 1100 … 1120.
        bench.Fault(1050, 200, bench.Machines, 0, Affliction.Hang);
        bench.Play(3000);
        Assert.Equal("200- 230+", bench.Of("cp-1.powered"));
        Assert.Equal("100- 230+ 1050- 1250+", bench.Of("cp-1.up"));
        Assert.Equal("110- 200+", bench.Of("cp-1.network"));
        Assert.Equal("200- 235+", bench.Of("kubelet@cp-1.alive"));
        Assert.Equal("100- 235+ 1050- 1250+", bench.Of("kubelet@cp-1.runs"));
    }

    [Fact]
    public void A_crashed_machine_that_has_been_replaced_boots_although_its_repair_goes_on()
    {
        Bench bench = new();
        bench.Fault(100, 1000, bench.Machines, 0, restarted: true, cause: "crash");
        bench.Lab.At(200, _ => bench.Machines.Launch(0));
        bench.Play(3000);
        Assert.Equal("100- 230+", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void Nothing_strikes_or_boots_where_no_machine_is()
    {
        Bench bench = new();
        bench.Run("kubelet");
        bench.Lab.At(100, _ => bench.Machines.Remove(0));
        bench.Fault(150, 10, bench.Domains, 0);
        bench.Fault(200, 1000, bench.Machines, 0, Affliction.LostForGood, restarted: true);
        bench.Fault(210, 1000, bench.Machines, 0, Affliction.Hang);
        bench.Lab.At(500, _ => bench.Machines.Launch(0));
        bench.Play(3000);
        Assert.Equal("100- 530+", bench.Of("cp-1.powered"));
        Assert.Equal("100- 535+", bench.Of("kubelet@cp-1.alive"));
        Assert.Equal("100 removed 500 launched 500 booting 530 booted", bench.Of("machine/cp-1"));
    }

    [Theory]
    [InlineData(150)] // While the zone is out.
    [InlineData(90)] // Its boot is cut short.
    public void A_machine_launched_in_a_zone_that_is_out_boots_when_the_zone_is_up(double at)
    {
        Bench bench = new();
        bench.Fault(100, 400, bench.Domains, 0, cause: "flood");
        bench.Lab.At(at, _ => bench.Machines.Launch(0));
        bench.Play(3000);
        Assert.Equal($"{Math.Min(at, 100)}- 530+", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void What_is_waited_for_is_the_replacement_then_the_boot()
    {
        Bench bench = new();
        bench.Measure("machine", bench.Set.Signals[0].Powered);
        int kind = bench.Builder.Cause("reclaim");
        Cause removal = default;
        bench.Lab.At(100, s =>
        {
            s.Raise(kind);
            bench.Machines.Remove(0);
            removal = s.Cause;
        });
        bench.Lab.At(150, s =>
        {
            s.Resume(removal);
            bench.Machines.Launch(0);
        });
        bench.Play(1000);
        Assert.Equal("reclaim 80", bench.Causes());
        Assert.Equal("boot 30, repair 50", bench.StagesOf());
    }

    [Fact]
    public void A_machine_taken_out_for_work_and_replaced_meanwhile_is_not_returned()
    {
        Bench bench = new(boot: new Constant(200));
        bench.Run("kubelet");
        bench.Lab.At(100, _ => bench.Machines.StopCleanly(0));
        bench.Lab.At(150, _ => bench.Machines.Launch(0));
        bench.Lab.At(200, _ => bench.Machines.Return(0));
        bench.Lab.At(400, _ => bench.Machines.Remove(0));
        List<bool> isOut = [];
        bench.Lab.At(120, _ => isOut.Add(bench.Machines.IsOut(0)));
        bench.Lab.At(170, _ => isOut.Add(bench.Machines.IsOut(0)));
        bench.Lab.At(450, _ => isOut.Add(bench.Machines.IsOut(0)));
        bench.Play(1000);
        Assert.Equal("100- 350+ 400-", bench.Of("cp-1.powered"));
        Assert.Equal([true, false, true], isOut);
    }

    [Fact]
    public void Data_is_gone_with_the_machine()
    {
        Bench bench = new();
        Disk disk = new();
        bench.Machines.OnDataLost(disk);
        bench.Lab.At(100, _ => bench.Machines.Launch(1));
        bench.Lab.At(200, _ => bench.Machines.Remove(1));
        bench.Lab.At(300, _ => bench.Machines.Remove(1));
        bench.Play(1000);
        Assert.Equal([1, 1], disk.Lost);
    }

    private sealed class Disk : IDisk
    {
        public List<int> Lost { get; } = [];

        public void DataLost(int slot) => Lost.Add(slot);
    }
}
