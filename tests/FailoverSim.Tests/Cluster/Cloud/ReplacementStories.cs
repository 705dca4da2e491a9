using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

public class ReplacementStories
{
    [Fact]
    public void A_machine_not_ready_for_so_long_is_replaced_and_boots()
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.Measure("machine", bench.Set.Signals[0].Up);
        bench.Fault(100, 100_000, bench.Machines, 0, Affliction.Hang, restarted: true, cause: "hang");
        bench.Play(200_000);
        // Not ready at 150, replaced at 750; the repair of the old one, at 100100, changes nothing.
        Assert.Equal("100- 780+", bench.Of("cp-1.up"));
        Assert.Equal("150 not ready 780 ready", bench.Of("node-lifecycle/cp-1"));
        Assert.Equal("750 replaced", bench.Of("replacement/cp-1"));
        Assert.Equal("hang 680", bench.Causes());
        Assert.Equal("boot 30, repair 650", bench.StagesOf());
    }

    [Theory]
    [InlineData(40)] // Before it is marked not ready.
    [InlineData(500)]
    public void A_machine_that_comes_back_in_time_is_left_alone(double lasts)
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.Fault(100, lasts, bench.Machines, 0);
        bench.Play(3000);
        Assert.Equal($"100- {100 + lasts}+", bench.Of("cp-1.powered"));
        Assert.Equal("", bench.Of("replacement/cp-1"));
    }

    [Fact]
    public void Time_not_ready_is_counted_anew_each_time()
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.Fault(100, 500, bench.Machines, 0);
        bench.Fault(700, 5000, bench.Machines, 0);
        bench.Play(3000);
        Assert.Equal("1350 replaced", bench.Of("replacement/cp-1"));
    }

    [Fact]
    public void While_its_zone_is_out_the_new_machine_waits_and_is_not_replaced_again()
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.AddCloudNodes();
        bench.Measure("machine", bench.Set.Signals[0].Up);
        bench.Fault(100, 20_000, bench.Domains, 0, cause: "flood");
        bench.Play(50_000);
        Assert.Equal("100- 20130+", bench.Of("cp-1.powered"));
        Assert.Equal("750 replaced", bench.Of("replacement/cp-1"));
        Assert.Equal("flood 20030", bench.Causes());
        // The bench's faults wait for a repair.
        Assert.Equal("boot 30, repair 20000", bench.StagesOf());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_the_provider_or_the_status_of_the_node_it_waits(bool provider)
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.Fault(100, 100_000, bench.Machines, 0);
        bench.Fault(200, 1000, bench.Machines, 1);
        bench.Out(700, 2000, provider ? bench.Control.CloudApi : bench.Control.Api);
        bench.Play(10_000);
        Assert.Equal("2700 replaced", bench.Of("replacement/cp-1"));
        Assert.Equal("100- 2730+", bench.Of("cp-1.powered"));
        // It has come back meanwhile, whether or not anybody could say so.
        Assert.Equal("", bench.Of("replacement/cp-2"));
        Assert.Equal("200- 1200+", bench.Of("cp-2.powered"));
    }

    [Fact]
    public void A_machine_that_was_terminated_on_purpose_is_not_replaced()
    {
        CloudBench bench = new();
        bench.AddReplacement(new Constant(600));
        bench.AddCloudNodes();
        bench.Terminate(100, 0);
        bench.Play(10_000);
        Assert.Equal("100-", bench.Of("cp-1.powered"));
    }

    [Fact]
    public void An_instance_asked_for_while_the_provider_is_silent_is_launched_later_for_the_same_reason()
    {
        CloudBench bench = new(spare: 1);
        bench.Measure("first", bench.Set.Signals[0].Powered);
        bench.Terminate(100, 0);
        int kind = bench.Builder.Cause("need");
        bench.Lab.At(150, s =>
        {
            s.Raise(kind);
            bench.Instances.Launch(0);
            bench.Instances.Launch(2);
        });
        List<bool> exists = [];
        bench.Lab.At(200, _ => exists.AddRange([bench.Instances.Exists(0), bench.Instances.IsGone(0)]));
        bench.Lab.At(300, _ => bench.Instances.Terminate(2));
        bench.Out(120, 380, bench.Control.CloudApi);
        bench.Play(1000);
        Assert.Equal([true, true], exists);
        Assert.Equal("100- 530+", bench.Of("cp-1.powered"));
        Assert.Equal("", bench.Of("cp-3.powered"));
        Assert.Equal("need 30, whim 400", bench.Causes());
    }
}
